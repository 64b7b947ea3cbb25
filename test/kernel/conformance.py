"""jupyter_kernel_test's checks of the kernel named by the KERNEL_NAME environment variable; the outcome as JSON."""

import json
import os
import sys
import unittest

import jupyter_kernel_test

KERNEL_NAME = os.environ["KERNEL_NAME"]


class TypeScriptKernelTests(jupyter_kernel_test.KernelTests):
    kernel_name = KERNEL_NAME
    language_name = "typescript"
    file_extension = ".ts"

    code_hello_world = "console.log('hello, world')"
    code_stderr = "console.error('error')"
    code_generate_error = "throw new Error('as wanted')"
    code_inspect_sample = "console.log"

    completion_samples = [
        {"text": "console.lo", "matches": {"log"}},
        {"text": "const words = ['a']; words.toSor", "matches": {"toSorted"}},
        {"text": "import { readFileS", "matches": set()},
        {"text": "import { COMPARISON_M } from 'imitation-lab'; Math.cos", "matches": {"cos", "cosh"}},
    ]

    complete_code_samples = [
        "1",
        "const x: number = 1",
        "for (const a of [1]) { console.log(a) }",
        "await Promise.resolve(1)",
        "import * as fs from 'node:fs'",
        "`a ${1} b`",
        "enum Level { Low }",
    ]
    incomplete_code_samples = [
        "for (const a of [1]) {",
        "const f = (a: number) =>",
        "`a ${",
        "function f(",
        "/* a comment",
        "[1, 2,",
    ]
    invalid_code_samples = ["const const = 1", "1 = 2 3", "for (]", "'not closed\n'"]

    code_execute_result = [
        {"code": "1 + 2", "result": "3"},
        {"code": "const six: number = 6; six * 7", "result": "42"},
        {"code": "await Promise.resolve('text')", "result": "'text'"},
        {"code": "({ [Symbol.for('Jupyter.display')]: () => ({ 'text/html': '<b>a</b>' }) })", "mime": "text/html"},
    ]

    code_clear_output = "import { clearOutput } from '@imitation-lab/kernel'; clearOutput()"

    code_display_data = [
        {"code": "import { display } from 'tslab'; display.html('<b>a</b>')", "mime": "text/html"},
        {"code": "import { display } from 'tslab'; display.svg('<svg/>')", "mime": "image/svg+xml"},
    ]


class IopubWelcomeTests(jupyter_kernel_test.IopubWelcomeTests):
    kernel_name = KERNEL_NAME
    support_iopub_welcome = True


if __name__ == "__main__":
    result = unittest.TextTestRunner(verbosity=2).run(unittest.defaultTestLoader.loadTestsFromName("__main__"))
    name = lambda test: getattr(test, "test_case", test)._testMethodName
    json.dump(
        {
            "run": result.testsRun,
            "failed": {name(test): text for test, text in result.failures + result.errors},
            "skipped": sorted({name(test) for test, _ in result.skipped}),
        },
        sys.stdout,
    )
