"""
PyTorch's side of the benchmark of training, eager: attention by scaled_dot_product_attention, GELU, SiLU and norms by
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


class GroupedBlock(nn.Module):
    """A block of LLaMA or Qwen3, under the checkpoint's names."""

    def __init__(self, config, norms_heads):
        super().__init__()
        width, inner, eps = config["hidden_size"], config["intermediate_size"], config["rms_norm_eps"]
        self.head_dim = config.get("head_dim") or width // config["num_attention_heads"]
        queries, keys = (self.head_dim * config[key] for key in ("num_attention_heads", "num_key_value_heads"))
        maps = dict(
            q_proj=nn.Linear(width, queries, bias=False), k_proj=nn.Linear(width, keys, bias=False),
            v_proj=nn.Linear(width, keys, bias=False), o_proj=nn.Linear(queries, width, bias=False),
        )
        norms = {name: nn.RMSNorm(self.head_dim, eps) if norms_heads else nn.Identity() for name in ("q_norm", "k_norm")}
        self.self_attn = nn.ModuleDict({**maps, **norms})
        self.mlp = nn.ModuleDict(
            dict(
                gate_proj=nn.Linear(width, inner, bias=False), up_proj=nn.Linear(width, inner, bias=False),
                down_proj=nn.Linear(inner, width, bias=False),
            )
        )
        self.input_layernorm = nn.RMSNorm(width, eps)
        self.post_attention_layernorm = nn.RMSNorm(width, eps)

    def forward(self, x, cos, sin):
        attention, mlp, normed = self.self_attn, self.mlp, self.input_layernorm(x)
        q, k, v = (attention[name](normed).unflatten(2, (-1, self.head_dim)) for name in ("q_proj", "k_proj", "v_proj"))
        q, k = (turned(part.transpose(1, 2), cos, sin) for part in (attention["q_norm"](q), attention["k_norm"](k)))
        seen = F.scaled_dot_product_attention(q, k, v.transpose(1, 2), is_causal=True, enable_gqa=True)
        x = x + attention["o_proj"](seen.transpose(1, 2).flatten(2))
        normed = self.post_attention_layernorm(x)
        return x + mlp["down_proj"](F.silu(mlp["gate_proj"](normed)) * mlp["up_proj"](normed))


def turned(x, cos, sin):
    """Rotary embedding of [B, H, T, D], whose pairs are half a head apart."""
    first, second = x.chunk(2, dim=-1)
    return x * cos + torch.cat((-second, first), dim=-1) * sin


class Grouped(nn.Module):
    """LLaMA or Qwen3."""

    def __init__(self, config):
        super().__init__()
        norms_heads = config["model_type"] == "qwen3"
        self.theta = config.get("rope_theta") or config["rope_parameters"]["rope_theta"]
        self.embed_tokens = nn.Embedding(config["vocab_size"], config["hidden_size"])
        self.layers = nn.ModuleList(GroupedBlock(config, norms_heads) for _ in range(config["num_hidden_layers"]))
        self.norm = nn.RMSNorm(config["hidden_size"], config["rms_norm_eps"])
        if not config["tie_word_embeddings"]:
            self.lm_head = nn.Linear(config["hidden_size"], config["vocab_size"], bias=False)

    def forward(self, ids):
        x = self.embed_tokens(ids)
        width = self.layers[0].head_dim
        frequencies = self.theta ** (-torch.arange(0, width, 2, device=ids.device) / width)
        angles = torch.outer(torch.arange(ids.shape[1], device=ids.device), frequencies).repeat(1, 2)
        cos, sin = angles.cos(), angles.sin()
        for layer in self.layers:
            x = layer(x, cos, sin)
        head = self.lm_head.weight if hasattr(self, "lm_head") else self.embed_tokens.weight
        return F.linear(self.norm(x), head)


def load(folder):
    config = json.loads((Path(folder) / "config.json").read_text())
    if config["model_type"] != "gpt2":
        return load_grouped(folder, config)
    with torch.device("meta"):
        model = GPT2(config)
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


def load_grouped(folder, config):
    with torch.device("meta"):
        model = Grouped(config)
    files = [load_file(path) for path in Path(folder).glob("*.safetensors")]
    weights = {name.removeprefix("model."): weight for file in files for name, weight in file.items()}
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
