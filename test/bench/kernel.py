"""
Times kernels as a front end sees them. Reads a plan on standard input and prints one JSON line a measurement:
{"kernel", "measure", "ms"}, or {"kernel", "measure", "note"} where a kernel cannot do it. Every measure goes
round the kernels again and again, so that a noisy moment of the machine meets them all.
"""

import atexit
import json
import subprocess
import sys
import time
from queue import Empty

from jupyter_client.manager import KernelManager

PLAN = json.load(sys.stdin)
TIMEOUT = 30


def record(kernel, measure, **value):
    print(json.dumps({"kernel": kernel, "measure": measure, **value}), flush=True)


def launch(name):
    """Starts a kernel; returns it and the time to its first answer in milliseconds."""
    began = time.perf_counter()
    manager = KernelManager(kernel_name=name)
    manager.start_kernel(cwd=PLAN["cwd"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    atexit.register(manager.shutdown_kernel, now=True)
    client = manager.client()
    client.start_channels()
    client.kernel_info()
    client.get_shell_msg(timeout=TIMEOUT)
    return manager, client, (time.perf_counter() - began) * 1000


def execute(client, code, timeout=TIMEOUT):
    """Runs a cell; returns its reply, its outputs, and the time until the reply and `idle` were both there."""
    began = time.perf_counter()
    request = client.execute(code)
    while (reply := client.get_shell_msg(timeout=timeout))["parent_header"]["msg_id"] != request:
        pass
    outputs = []
    while True:
        message = client.get_iopub_msg(timeout=timeout)
        if message["parent_header"].get("msg_id") != request:
            continue
        if message["content"].get("execution_state") == "idle":
            return reply["content"], outputs, (time.perf_counter() - began) * 1000
        outputs.append(message)


def complete(client, code):
    began = time.perf_counter()
    request = client.complete(code)
    while (reply := client.get_shell_msg(timeout=TIMEOUT))["parent_header"]["msg_id"] != request:
        pass
    return reply["content"]["matches"], (time.perf_counter() - began) * 1000


def prepare(case, client):
    """Runs the cells before the measured one; says why not, where the kernel cannot."""
    for code in case["before"]:
        reply, _, _ = execute(client, code)
        if reply["status"] != "ok":
            return f"{reply.get('ename')}: {reply.get('evalue')}".splitlines()[0]
    if "complete" in case and case["expect"] not in complete(client, case["complete"])[0]:
        return f"does not offer {case['expect']}"
    return None


def measure_launches():
    for _ in range(PLAN["launches"]):
        for kernel, name in PLAN["kernels"].items():
            manager, client, ms = launch(name)
            record(kernel, "launch to ready", ms=ms)
            client.stop_channels()
            manager.shutdown_kernel(now=True)


def measure_cases():
    started = [(case, *launch(PLAN["kernels"][case["kernel"]])[:2]) for case in PLAN["cases"]]
    able = []
    for case, manager, client in started:
        note = prepare(case, client)
        if note:
            record(case["kernel"], case["measure"], note=note)
        else:
            able.append((case, client))
    for turn in range(PLAN["warmups"] + PLAN["repeats"]):
        for case, client in able:
            if "complete" in case:
                _, ms = complete(client, case["complete"])
            else:
                reply, outputs, ms = execute(client, case["execute"])
                assert reply["status"] == "ok", reply
                shown = {message["msg_type"] for message in outputs}
                # tslab prints results.
                assert shown & {"execute_result", "stream"}, f"{case['kernel']} shows no result: {shown}"
            if turn >= PLAN["warmups"]:
                record(case["kernel"], case["measure"], ms=ms)
    for _, manager, client in started:
        client.stop_channels()
        manager.shutdown_kernel(now=True)


def measure_floods():
    for _ in range(PLAN["floods"]):
        for kernel, code in PLAN["flood"].items():
            manager, client, _ = launch(PLAN["kernels"][kernel])
            measure = f"{PLAN['lines']:,} printed lines"
            try:
                _, outputs, ms = execute(client, code, timeout=20)
                text = "".join(m["content"]["text"] for m in outputs if m["msg_type"] == "stream")
                lines = text.splitlines()
                wrong = [line for line, number in zip(lines, range(PLAN["lines"])) if line != str(number)]
                if len(lines) == PLAN["lines"] and not wrong:
                    record(kernel, measure, ms=ms)
                else:
                    record(kernel, measure, note=f"{len(lines):,} lines arrive, the first wrong one is {wrong[:1]}")
            except Empty:
                record(kernel, measure, note="never becomes idle")
            client.stop_channels()
            manager.shutdown_kernel(now=True)


measure_launches()
measure_cases()
measure_floods()
