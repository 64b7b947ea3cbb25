/**
 * Closes the ways from Python to JavaScript and to raw memory, before the first program. A lock on the inner
 * door only: Python cannot guard itself against Python, so what lies behind it holds nothing of value either.
 */
export const CLOSE = `
import sys

CLOSED = {
    "js", "pyodide", "pyodide_js", "_pyodide", "_pyodide_core",
    "ctypes", "_ctypes", "_posixsubprocess", "_remote_debugging",
    "_testcapi", "_testinternalcapi", "_testlimitedcapi", "_testclinic", "_testclinic_limited", "_xxtestfuzz",
}

class Closed:
    @staticmethod
    def find_spec(name, path=None, target=None):
        if name.partition(".")[0] in CLOSED:
            raise ModuleNotFoundError(f"No module named {name!r}: closed in the sandbox", name=name)

for name in [name for name in sys.modules if name.partition(".")[0] in CLOSED]:
    del sys.modules[name]
globals().pop("_pyodide_core", None)
sys.meta_path[:] = [Closed, *(f for f in sys.meta_path if "pyodide" not in type(f).__module__)]
`;

/** A function of a program's text that reports how it ended: the verdict, a line break, what was raised. */
export const RUN = `
def run(program):
    try:
        exec(program, {})
    except BaseException as error:
        verdict = "out of memory" if isinstance(error, MemoryError) else "failed"
        lines = []
        trace = error.__traceback__
        while trace:
            if trace.tb_frame.f_code.co_filename == "<string>":
                lines.append(trace.tb_lineno)
            trace = trace.tb_next
        message = f"{error}"
        raised = type(error).__name__ + (f": {message}" if message else "")
        return f"{verdict}\\n{raised[:2000]}" + (f" (line {lines[-1]})" if lines else "")
    return "passed\\n"
run
`;
