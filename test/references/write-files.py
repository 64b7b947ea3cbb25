"""Writes the same two answers by the tools whose files are read, and prints each file in base64, by its name."""

import base64
import json
import os
import pathlib
import tempfile

os.environ["INSPECT_LOG_LEVEL"] = "error"

import datasets
from inspect_ai import Task, eval
from inspect_ai.dataset import Sample
from inspect_ai.model import ChatCompletionChoice, ChatMessageAssistant, ModelOutput, ModelUsage, get_model
from inspect_ai.solver import generate
from lm_eval.api.instance import Instance
from lm_eval.loggers import EvaluationTracker

ROWS = [
    {"id": "a", "prompt": "Capital of France?", "gpt-4": "Paris.", "mine": "It is “Lyon”.", "score": 0.5},
    {"id": "b", "prompt": "2 + 2?", "gpt-4": "4", "mine": None, "score": float("nan")},
]
TURNS = [
    {"id": row["id"], "model": "gpt-4", "messages": [{"role": "user", "content": row["prompt"]}, {"role": "assistant", "content": row["gpt-4"]}]}
    for row in ROWS
]

folder = pathlib.Path(tempfile.mkdtemp())

for name, rows in [("table", ROWS), ("chat", TURNS)]:
    data = datasets.Dataset.from_list(rows)
    data.to_parquet(folder / f"{name}.parquet")
    data.to_json(folder / f"{name}.jsonl")
    data.save_to_disk(folder / name)
    (stored,) = (folder / name).glob("*.arrow")
    stored.rename(folder / f"{name}.arrow")
    if name == "table":
        data.to_csv(folder / "table.csv")
        frame = data.to_pandas()
        for orient in ["columns", "split", "records", "index", "table"]:
            frame.to_json(folder / f"{orient}.json", orient=orient)
        frame.to_csv(folder / "index.csv")


def output(text):
    message = ChatMessageAssistant(content=text, model="mockllm/model")
    usage = ModelUsage(input_tokens=1, output_tokens=1, total_tokens=2)
    return ModelOutput(model="mockllm/model", choices=[ChatCompletionChoice(message=message, stop_reason="stop")], usage=usage)


samples = [Sample(id=row["id"], input=row["prompt"], target="t") for row in ROWS]
for form in ["json", "eval"]:
    model = get_model("mockllm/model", custom_outputs=[output(row["gpt-4"]) for row in ROWS])
    logs = folder / form
    task = Task(dataset=samples, solver=generate())
    eval(task, model=model, log_format=form, log_dir=str(logs), display="none", max_samples=1)
    (log,) = logs.glob(f"*.{form}")
    log.rename(folder / f"log.{form}")

tracker = EvaluationTracker(output_path=str(folder / "lm_eval"))
tracker.general_config_tracker.model_name_sanitized = "m"
tracker.date_id = "now"
logged = []
for filter_name in ["strict-match", "flexible-extract"]:
    for index, row in enumerate(ROWS):
        arguments = (row["prompt"], {"until": ["\n"]})
        request = Instance("generate_until", doc=row, arguments=arguments, idx=0, resps=[row["gpt-4"]])
        logged.append(
            {
                "doc_id": index,
                "doc": row,
                "target": "t",
                "arguments": [request.args],
                "resps": [request.resps],
                "filtered_resps": [row["gpt-4"]],
                "filter": filter_name,
                "metrics": ["exact_match"],
                "exact_match": 1.0,
            }
        )
tracker.save_results_samples("task", logged)
(written,) = (folder / "lm_eval").glob("*/samples_task_*.jsonl")
written.rename(folder / "samples.jsonl")

files = {path.name: base64.b64encode(path.read_bytes()).decode() for path in folder.iterdir() if path.is_file()}
print(json.dumps(files))
