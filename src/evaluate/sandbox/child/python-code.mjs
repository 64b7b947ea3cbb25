/**
 * Python that an interpreter runs once, before it is kept as a snapshot: it names what is closed, gives `asyncio` an
 * event loop that needs no sockets, and defines `run`, which runs a program and reports how it ended: the verdict, a
 * line break, what was raised.
 *
 * It is no lock: behind it lies nothing that a program could reach. See `start-python.mjs`.
 */
export const SET_UP = `
import sys, time

class Closed:
    NAMES = {
        "js", "pyodide", "pyodide_js", "_pyodide", "_pyodide_core",
        "ctypes", "_ctypes", "_posixsubprocess", "_remote_debugging",
        "_testcapi", "_testinternalcapi", "_testlimitedcapi", "_testclinic", "_testclinic_limited", "_xxtestfuzz",
    }
    @classmethod
    def find_spec(cls, name, path=None, target=None):
        if name.partition(".")[0] in cls.NAMES:
            raise ModuleNotFoundError(f"No module named {name!r}: closed in the sandbox", name=name)

class Missing:
    NAMES = {"numpy"}
    @classmethod
    def find_spec(cls, name, path=None, target=None):
        if name.partition(".")[0] in cls.NAMES:
            raise ModuleNotFoundError(f"No module named {name!r}: the sandbox has Python's standard library alone", name=name)

sys.meta_path = [Closed, *sys.meta_path, Missing]
sys.path.insert(0, "")

import asyncio, asyncio.unix_events

class Clock:
    """Selector of no files: it waits for the next timer; where there is none, as long as any program may wait."""
    def select(self, timeout=None):
        time.sleep(86_400 if timeout is None else max(timeout, 0))
        return []

class EventLoop(asyncio.BaseEventLoop):
    def __init__(self):
        super().__init__()
        self._selector = Clock()
    def _process_events(self, events):
        pass
    def _write_to_self(self):
        pass

asyncio.unix_events._DefaultEventLoopPolicy._loop_factory = EventLoop
for module in (asyncio, asyncio.unix_events):
    module.SelectorEventLoop = module.EventLoop = EventLoop

def run(program):
    try:
        exec(program, {})
        verdict = "passed\\n"
    except BaseException as error:
        verdict = ended_by(error)
    try:
        sys.stdout.flush()
    except BaseException:
        pass
    return verdict

def ended_by(error):
    verdict = "failed"
    if isinstance(error, MemoryError):
        verdict = "out of memory"
    elif isinstance(error, ModuleNotFoundError) and str(error.name).partition(".")[0] in Missing.NAMES:
        verdict = "unsupported"
    trace = error.__traceback__
    lines = []
    while trace:
        if trace.tb_frame.f_code.co_filename == "<string>":
            lines.append(trace.tb_lineno)
        trace = trace.tb_next
    try:
        message = f"{error}".encode("utf-8", "backslashreplace").decode()
    except BaseException:
        message = ""
    raised = type(error).__name__ + (f": {message}" if message else "")
    return f"{verdict}\\n{raised[:2000]}" + (f" (line {lines[-1]})" if lines else "")
`;
