"""
PyTorch's side of the benchmark of training, eager: attention by scaled_dot_product_attention, GELU and layer norm by
their fused functions, AdamW and clipping as they come. Answers {"start": ...} when a model is ready to be trained,
and {"steps": n} by the milliseconds and the loss of each step.
"""

import json
import sys
import time
from pathlib import Path

import torch
import torch.nn.functional as F
from safetensors.torch import load_file
from torch import nn


class Block(nn.Module):
    def __init__(self, width, heads):
        super().__init__()
        self.heads = heads
        self.ln_1 = nn.LayerNorm(width)
        self.c_attn = nn.Linear(width, 3 * width)
        self.attn_proj = nn.Linear(width, width)
        self.ln_2 = nn.LayerNorm(width)
        self.c_fc = nn.Linear(width, 4 * width)
        self.mlp_proj = nn.Linear(4 * width, width)

    def forward(self, x):
        parts = self.c_attn(self.ln_1(x)).chunk(3, dim=2)
        q, k, v = (part.unflatten(2, (self.heads, -1)).transpose(1, 2) for part in parts)
        seen = F.scaled_dot_product_attention(q, k, v, is_causal=True)
        x = x + self.attn_proj(seen.transpose(1, 2).flatten(2))
        return x + self.mlp_proj(F.gelu(self.c_fc(self.ln_2(x)), approximate="tanh"))


class GPT2(nn.Module):
    def __init__(self, config):
        super().__init__()
        width = config["n_embd"]
        self.wte = nn.Embedding(config["vocab_size"], width)
        self.wpe = nn.Embedding(config["n_positions"], width)
        self.h = nn.ModuleList(Block(width, config["n_head"]) for _ in range(config["n_layer"]))
        self.ln_f = nn.LayerNorm(width)

    def forward(self, ids):
        x = self.wte(ids) + self.wpe.weight[: ids.shape[1]]
        for block in self.h:
            x = block(x)
        return F.linear(self.ln_f(x), self.wte.weight)


def load(folder):
    with torch.device("meta"):
        model = GPT2(json.loads((Path(folder) / "config.json").read_text()))
    weights = {}
    for path in Path(folder).glob("*.safetensors"):
        for name, weight in load_file(path).items():
            name = name.removeprefix("transformer.")
            if name.endswith(("c_attn.weight", "c_proj.weight", "c_fc.weight")):
                weight = weight.T.contiguous()  # GPT-2's Conv1D has them the other way round.
            for longer in ("attn.c_attn", "mlp.c_fc"):
                name = name.replace(longer, longer.split(".")[1])
            weights[name.replace("attn.c_proj", "attn_proj").replace("mlp.c_proj", "mlp_proj")] = weight
    model.load_state_dict(weights, assign=True)
    return model


def load_adapted(folder, adapters):
    """Transformers' model with PEFT's adapters, which alone are trained."""
    from peft import PeftModel
    from transformers import AutoModelForCausalLM

    model = AutoModelForCausalLM.from_pretrained(folder, attn_implementation="sdpa", dtype=torch.float32)
    model.config.use_cache = False
    return PeftModel.from_pretrained(model, adapters, is_trainable=True).train()


def start(folder, batches, rate, matmul, device, threads, adapters=None):
    """Returns what takes one step and returns its loss."""
    torch.set_num_threads(threads)
    torch.set_float32_matmul_precision("high")  # TF32 on a GPU, as TensorFlow has it.
    model = (load_adapted(folder, adapters) if adapters else load(folder)).to(device)
    weights = [weight for weight in model.parameters() if weight.requires_grad]
    optimizer = torch.optim.AdamW(weights, lr=rate, weight_decay=0.01)
    taken = 0

    def step():
        nonlocal taken
        rows = torch.tensor(batches[taken % len(batches)], device=device)
        taken += 1
        with torch.autocast(device, torch.bfloat16, enabled=matmul == "bfloat16"):
            given = model(rows[:, :-1])
        logits = given.logits if adapters else given
        loss = F.cross_entropy(logits.float().flatten(0, 1), rows[:, 1:].flatten())
        loss.backward()
        nn.utils.clip_grad_norm_(weights, 1.0)
        optimizer.step()
        optimizer.zero_grad()
        return loss.item()

    return step


def steps(step, count):
    ms, losses = [], []
    for _ in range(count):
        began = time.perf_counter()
        losses.append(step())
        ms.append((time.perf_counter() - began) * 1000)
    return {"ms": ms, "losses": losses}


step = None
for line in sys.stdin:
    request = json.loads(line)
    if "start" in request:
        step = start(**request["start"])
    print(json.dumps(steps(step, request["steps"]) if "steps" in request else {}), flush=True)
