"""Transformers' side of the benchmark of generation, in float32: answers {"start": ...}, {"turn": true} and {"score": ...}."""

import json
import sys
import time

import torch
from transformers import AutoModelForCausalLM, GenerationConfig

model = config = ids = None


def start(request):
    global model, config, ids
    torch.set_num_threads(request["threads"])
    if model is None:
        model = AutoModelForCausalLM.from_pretrained(request["model"], dtype=torch.float32, local_files_only=True)
        model.generation_config = GenerationConfig(pad_token_id=0)
    ids = torch.tensor(request["prompts"])
    count = request["tokens"]
    config = GenerationConfig(do_sample=False, min_new_tokens=count, max_new_tokens=count, pad_token_id=0)


def turn():
    began = time.perf_counter()
    answers = model.generate(ids, attention_mask=torch.ones_like(ids), generation_config=config)
    answers = answers[:, ids.shape[1]:].tolist()
    return {"ms": (time.perf_counter() - began) * 1000, "answers": answers}


def score(prompts):
    """All four choices are single tokens: one pass over the prompt tells how likely each is."""
    times = []
    for prompt in prompts:
        began = time.perf_counter()
        logits = model(torch.tensor([prompt]), logits_to_keep=1).logits
        logits[0, -1].log_softmax(-1)[[330, 378, 340, 422]].tolist()
        times.append((time.perf_counter() - began) * 1000)
    return times


torch.set_grad_enabled(False)
for line in sys.stdin:
    request = json.loads(line)
    if "start" in request:
        start(request["start"])
        answer = {}
    else:
        answer = score(request["score"]["prompts"]) if "score" in request else turn()
    print(json.dumps(answer), flush=True)
