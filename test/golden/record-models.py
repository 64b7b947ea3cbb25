"""Records what Transformers computes: logits and gradients of tiny random models, which ours are held to.

Run as `python test/golden/record-models.py`, with the packages of requirements.txt; it writes test/golden/models,
a folder a model as Transformers saves it, and `expected.safetensors` beside its weights.
"""

import math
from pathlib import Path

import gguf
import torch
import transformers
from safetensors.torch import save_file
from transformers import GPT2Config, GPT2LMHeadModel, LlamaConfig, LlamaForCausalLM

FOLDER = Path(__file__).parent / "models"

GPT2 = dict(vocab_size=48, n_positions=24, n_embd=16, n_layer=2, n_head=4)
LLAMA = dict(
    vocab_size=48, max_position_embeddings=24, hidden_size=16, intermediate_size=24, num_hidden_layers=2,
    num_attention_heads=4, num_key_value_heads=2,
)
LLAMA3 = dict(rope_type="llama3", factor=8.0, low_freq_factor=1.0, high_freq_factor=4.0)

MODELS = {
    "gpt2": GPT2Config(**GPT2),
    "gpt2-untied": GPT2Config(**GPT2, n_inner=24, tie_word_embeddings=False),
    # As SmolLM2 is: grouped heads, tied, a theta of 100,000.
    "llama-tied": LlamaConfig(
        **LLAMA, tie_word_embeddings=True, rope_parameters=dict(rope_type="default", rope_theta=100000.0)
    ),
    # As Llama 3.1 is, its original context so short that pairs fall into all three bands; heads wider than usual.
    "llama-scaled": LlamaConfig(
        **LLAMA, head_dim=8, tie_word_embeddings=False,
        rope_parameters=dict(**LLAMA3, original_max_position_embeddings=16, rope_theta=100.0),
    ),
    # As LLaMA 1 is: as many key heads as query heads, untied; with the linear stretch of its longer descendants.
    "llama-linear": LlamaConfig(
        **{**LLAMA, "num_key_value_heads": 4}, tie_word_embeddings=False,
        rope_parameters=dict(rope_type="linear", factor=2.0, rope_theta=10000.0),
    ),
}


def record(name, config, seed):
    torch.manual_seed(seed)
    config._attn_implementation = "eager"
    kind = GPT2LMHeadModel if config.model_type == "gpt2" else LlamaForCausalLM
    model = kind(config).eval()
    for key, weight in model.named_parameters():
        # Weights far from the usual first ones, so that every term weighs in.
        norm = "norm" in key or "ln_" in key
        weight.data = torch.randn_like(weight) * 0.25 + (1.0 if norm and key.endswith("weight") else 0.0)
    ids = torch.randint(0, config.vocab_size, (2, 20))
    logits = model(ids).logits
    loss = torch.nn.functional.cross_entropy(logits[:, :-1].flatten(0, 1), ids[:, 1:].flatten())
    loss.backward()
    folder = FOLDER / name
    model.save_pretrained(folder)
    (folder / "generation_config.json").unlink()
    expected = {"ids": ids.to(torch.int32), "logits": logits.detach(), "loss": loss.detach()}
    expected |= {f"gradient of {key}": weight.grad for key, weight in model.named_parameters()}
    save_file(expected, folder / "expected.safetensors")
    print(f"{name}: loss {loss.item():.4f}, largest logit {logits.abs().max().item():.2f}")
    write_gguf(model, folder / "model.gguf")
    if name != "llama-scaled":  # Transformers leaves the factors of rotary embeddings out.
        again = kind.from_pretrained(folder, gguf_file="model.gguf", config=config)
        assert torch.allclose(again(ids).logits, logits, atol=1e-5), "Transformers reads another model from the GGUF file"


def write_gguf(model, path):
    """Writes the model as llama.cpp's converter does: its names, its order of rows and columns."""
    config = model.config
    kind = gguf.MODEL_ARCH.GPT2 if config.model_type == "gpt2" else gguf.MODEL_ARCH.LLAMA
    writer = gguf.GGUFWriter(path, config.model_type)
    writer.add_context_length(config.max_position_embeddings)
    writer.add_embedding_length(config.hidden_size)
    writer.add_block_count(config.num_hidden_layers)
    writer.add_head_count(config.num_attention_heads)
    if kind == gguf.MODEL_ARCH.GPT2:
        writer.add_feed_forward_length(config.n_inner or 4 * config.n_embd)
        writer.add_layer_norm_eps(config.layer_norm_epsilon)
    else:
        rope = config.rope_parameters
        writer.add_feed_forward_length(config.intermediate_size)
        writer.add_layer_norm_rms_eps(config.rms_norm_eps)
        writer.add_head_count_kv(config.num_key_value_heads)
        writer.add_rope_dimension_count(config.head_dim)
        writer.add_key_length(config.head_dim)
        writer.add_value_length(config.head_dim)
        writer.add_rope_freq_base(rope["rope_theta"])
        if rope["rope_type"] == "linear":
            writer.add_rope_scaling_type(gguf.RopeScalingType.LINEAR)
            writer.add_rope_scaling_factor(rope["factor"])
        if rope["rope_type"] == "llama3":
            writer.add_tensor("rope_freqs.weight", rope_factors(rope, config.head_dim).numpy())
    names = gguf.get_tensor_name_map(kind, config.num_hidden_layers)
    heads = {"q_proj": config.num_attention_heads, "k_proj": getattr(config, "num_key_value_heads", None)}
    for key, weight in model.named_parameters():
        data = weight.detach()
        module = key.split(".")[-2]
        if module in heads:
            data = data.reshape(heads[module], 2, -1, data.shape[1]).swapaxes(1, 2).reshape(data.shape)
        if key.endswith((".c_attn.weight", ".c_proj.weight", ".c_fc.weight")):
            data = data.T
        writer.add_tensor(names.get_name(key, (".weight", ".bias")), data.contiguous().numpy())
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


def rope_factors(rope, head_dim):
    """By what llama.cpp divides each angle of `llama3` scaling."""
    wavelengths = 2 * math.pi * rope["rope_theta"] ** (torch.arange(0, head_dim, 2) / head_dim)
    turns = rope["original_max_position_embeddings"] / wavelengths
    low, high = rope["low_freq_factor"], rope["high_freq_factor"]
    kept = ((turns - low) / (high - low)).clamp(0, 1)
    return 1 / (kept + (1 - kept) / rope["factor"])


if __name__ == "__main__":
    print(f"transformers {transformers.__version__}, torch {torch.__version__}")
    for seed, (name, config) in enumerate(MODELS.items()):
        record(name, config, seed)
