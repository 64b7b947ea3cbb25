"""Records what Transformers computes: logits and gradients of tiny random models, which ours are held to.

Run as `python test/golden/record-models.py`, with the packages of requirements.txt; it writes test/golden/models,
test/golden/architectures and test/golden/ggufs, a folder a model as Transformers saves it, and `expected.safetensors` beside its weights.
"""

import math
from pathlib import Path

import gguf
import torch
import transformers
from safetensors.torch import save_file
from transformers import (
    AutoModelForCausalLM,
    Gemma2Config,
    Gemma3TextConfig,
    GenerationConfig,
    GPT2Config,
    GPTNeoXConfig,
    GraniteConfig,
    LlamaConfig,
    MistralConfig,
    Olmo2Config,
    Phi3Config,
    Qwen2Config,
    Qwen3Config,
    SmolLM3Config,
)

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


# The others: each parameter has an unusual value, so that one that is ignored shows. Three layers, heads wider than
# usual, a window shorter than the sequences, an epsilon that weighs.
SIZES = dict(
    vocab_size=44, hidden_size=16, num_hidden_layers=3, num_attention_heads=4, intermediate_size=20,
    max_position_embeddings=40,
)
GROUPED = dict(**SIZES, num_key_value_heads=2, head_dim=6, rms_norm_eps=0.02)
WINDOWS = ["full_attention", "sliding_attention", "sliding_attention"]
PHI3 = dict(**{**SIZES, "num_attention_heads": 2}, num_key_value_heads=1, rms_norm_eps=0.02, pad_token_id=0)
YARN = dict(rope_type="yarn", factor=3.0, original_max_position_embeddings=12, beta_fast=0.3, beta_slow=0.05)
LINEAR = dict(rope_type="linear", factor=1.7, rope_theta=50.0)
GEMMA = dict(
    **GROUPED, hidden_activation="gelu", query_pre_attn_scalar=11, attention_bias=True, tie_word_embeddings=False,
    final_logit_softcapping=6.0, sliding_window=5, layer_types=WINDOWS,
)

ARCHITECTURES = {
    "llama-biases": LlamaConfig(
        **GROUPED, hidden_act="gelu", attention_bias=True, mlp_bias=True, tie_word_embeddings=True,
        rope_parameters=dict(**YARN, rope_theta=90.0, mscale=1.3, mscale_all_dim=0.4, truncate=False),
    ),
    # Outgrows its context in the sequences, and while it generates.
    "llama-dynamic": LlamaConfig(
        **{**GROUPED, "max_position_embeddings": 12}, tie_word_embeddings=True,
        rope_parameters=dict(rope_type="dynamic", factor=3.0, rope_theta=70.0),
    ),
    "mistral": MistralConfig(
        **GROUPED, hidden_act="gelu_new", sliding_window=5, tie_word_embeddings=True,
        rope_parameters=dict(**YARN, rope_theta=80.0, attention_factor=1.4),
    ),
    "qwen2": Qwen2Config(
        **GROUPED, hidden_act="relu", use_sliding_window=True, sliding_window=5, layer_types=WINDOWS,
        tie_word_embeddings=True, rope_parameters=dict(**YARN, rope_theta=60.0),
    ),
    "qwen3": Qwen3Config(
        **GROUPED, hidden_act="gelu", attention_bias=True, use_sliding_window=True, sliding_window=5,
        layer_types=WINDOWS, tie_word_embeddings=True, rope_parameters=LINEAR,
    ),
    "gemma2": Gemma2Config(**GEMMA, attn_logit_softcapping=0.9, rope_parameters=LINEAR),
    "gemma3": Gemma3TextConfig(
        **GEMMA, rope_parameters=dict(full_attention=LINEAR, sliding_attention=dict(rope_type="linear", factor=1.4, rope_theta=9.0)),
    ),
    # Of the two, one is always shorter than its original context; the other outgrows it, also while it generates.
    "phi3": Phi3Config(
        **PHI3, hidden_act="gelu", sliding_window=5, tie_word_embeddings=True, original_max_position_embeddings=36,
        rope_parameters=dict(
            rope_type="longrope", short_factor=[1.2, 0.8], long_factor=[2.0, 3.0], rope_theta=40.0,
            partial_rotary_factor=0.5, attention_factor=1.3,
        ),
    ),
    "phi3-long": Phi3Config(
        **PHI3, original_max_position_embeddings=12,
        rope_parameters=dict(
            rope_type="longrope", short_factor=[1.2, 0.8, 1.0, 1.1], long_factor=[2.0, 3.0, 0.7, 1.5],
            rope_theta=40.0,
        ),
    ),
    "olmo2": Olmo2Config(
        **GROUPED, hidden_act="gelu", attention_bias=True, tie_word_embeddings=True,
        rope_parameters=dict(
            rope_type="llama3", factor=3.0, low_freq_factor=0.7, high_freq_factor=2.5,
            original_max_position_embeddings=14, rope_theta=30.0,
        ),
    ),
    "smollm3": SmolLM3Config(
        **GROUPED, hidden_act="gelu", attention_bias=True, mlp_bias=True, tie_word_embeddings=False,
        no_rope_layers=[0, 1, 1], use_sliding_window=True, sliding_window=5, layer_types=WINDOWS,
        rope_parameters=LINEAR, pad_token_id=0,
    ),
    "granite": GraniteConfig(
        **GROUPED, hidden_act="gelu", attention_bias=True, mlp_bias=True, tie_word_embeddings=True,
        embedding_multiplier=2.5, attention_multiplier=0.3, residual_multiplier=0.6, logits_scaling=1.9,
        rope_parameters=LINEAR,
    ),
    "gpt-neox": GPTNeoXConfig(
        **SIZES, hidden_act="relu", layer_norm_eps=0.02, tie_word_embeddings=True,
        rope_parameters=dict(rope_type="default", rope_theta=30.0, partial_rotary_factor=0.5),
    ),
    "gpt-neox-serial": GPTNeoXConfig(
        **SIZES, layer_norm_eps=0.02, use_parallel_residual=False, attention_bias=False,
        rope_parameters=dict(**LINEAR, partial_rotary_factor=1.0),
    ),
}
# What GGUF files of the same can state: no other activations, and kinds of layers by a fixed pattern.
STATED = dict(**GROUPED, rope_parameters=dict(rope_type="default", rope_theta=50.0))
GGUFS = {
    "qwen2": Qwen2Config(**STATED, tie_word_embeddings=True),
    "qwen3": Qwen3Config(**STATED),
    "gemma2": Gemma2Config(
        **STATED, query_pre_attn_scalar=6, sliding_window=5, attn_logit_softcapping=0.9, final_logit_softcapping=6.0,
    ),
    "gemma3": Gemma3TextConfig(
        **{**GROUPED, "num_hidden_layers": 6}, query_pre_attn_scalar=6, sliding_window=5,
        rope_parameters=dict(
            full_attention=LINEAR, sliding_attention=dict(rope_type="default", rope_theta=10000.0),
        ),
    ),
    "olmo2": Olmo2Config(**STATED),
    "smollm3": SmolLM3Config(**{**STATED, "num_hidden_layers": 4}, pad_token_id=0),
    "granite": GraniteConfig(
        **STATED, embedding_multiplier=2.5, attention_multiplier=0.3, residual_multiplier=0.6, logits_scaling=1.9,
    ),
    "phi3": ARCHITECTURES["phi3-long"],
    "gptneox": GPTNeoXConfig(
        **SIZES, layer_norm_eps=0.02,
        rope_parameters=dict(rope_type="default", rope_theta=30.0, partial_rotary_factor=0.5),
    ),
}
GRADIENTS = {"qwen3", "gemma3", "gpt-neox", "llama-dynamic"}
PROMPT = 7
CANDIDATES = 32
NEW_TOKENS = 20


# Deviation of the architectures' weights: far from the usual first one, so that every term weighs in. From 0.5 on, attention
# is so sharp that rounding to float32 alone, in Transformers as well, changes log-probabilities by more than 1e-4; with
# this it changes them by 3e-5.
DEVIATION = 0.35


def random_model(config, seed, deviation=0.25):
    torch.manual_seed(seed)
    ones = not config.model_type.startswith("gemma")  # whose norms add 1 to their weights
    config._attn_implementation = "eager"
    model = AutoModelForCausalLM.from_config(config).eval()
    for key, weight in model.named_parameters():
        norm = "norm" in key or "ln_" in key
        scale = norm and key.endswith("weight") and ones
        weight.data = torch.randn_like(weight) * deviation + (1.0 if scale else 0.0)
    return model


def record(name, config, seed):
    """Records logits and gradients, and the same from a GGUF file."""
    model = random_model(config, seed)
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
    if name == "gpt2-untied":
        write_gguf(model, folder / "split.gguf", split_max_tensors=12)
    if name != "llama-scaled":  # Transformers leaves the factors of rotary embeddings out.
        again = type(model).from_pretrained(folder, gguf_file="model.gguf", config=config)
        assert torch.allclose(again(ids).logits, logits, atol=1e-5), "Transformers reads another model from the GGUF file"


def record_architecture(name, config, seed):
    """Records logits and greedy tokens of an architecture with unusual parameters, of some gradients too."""
    model = random_model(config, seed, deviation=DEVIATION)
    folder = FOLDER.parent / "architectures" / name
    model.save_pretrained(folder)
    (folder / "generation_config.json").unlink()
    # Without token 0, which pads some of them: PyTorch leaves the gradient of its embedding out.
    ids, tokens = most_varied(loaded(folder), torch.randint(1, config.vocab_size, (CANDIDATES, 2, 20)))
    # By another one, since a "dynamic" rotary embedding depends on what a model has read before.
    model = loaded(folder)
    logits = model(ids).logits
    expected = {"ids": ids.to(torch.int32), "logits": logits.detach(), "greedy": tokens.to(torch.int32)}
    if name in GRADIENTS:
        loss = torch.nn.functional.cross_entropy(logits[:, :-1].flatten(0, 1), ids[:, 1:].flatten())
        loss.backward()
        expected |= {"loss": loss.detach()}
        expected |= {f"gradient of {key}": weight.grad for key, weight in model.named_parameters()}
    save_file(expected, folder / "expected.safetensors")
    print(f"{name}: largest logit {logits.abs().max().item():.2f}, tokens {tokens.tolist()}")


def loaded(folder):
    """What Transformers makes of the files, not what it made them of."""
    return AutoModelForCausalLM.from_pretrained(folder, attn_implementation="eager").eval()


def most_varied(model, candidates):
    """Returns the ids whose first row's prompt the model continues with the most kinds of tokens, and the tokens."""
    greedy = GenerationConfig(do_sample=False, max_new_tokens=NEW_TOKENS, eos_token_id=None, pad_token_id=0)
    model.generation_config.eos_token_id = None  # or a model may end its answer
    prompts = candidates[:, 0, :PROMPT]
    tokens = model.generate(prompts, attention_mask=torch.ones_like(prompts), generation_config=greedy)[:, PROMPT:]
    best = max(range(len(tokens)), key=lambda row: len(set(tokens[row].tolist())))
    return candidates[best], tokens[best].clone()


def record_gguf(name, config, seed):
    """Records logits of an architecture whose weights and config are in a GGUF file alone."""
    model = random_model(config, seed, deviation=DEVIATION)
    ids = torch.randint(0, config.vocab_size, (2, 20))
    folder = FOLDER.parent / "ggufs" / name
    folder.mkdir(parents=True, exist_ok=True)
    save_file({"ids": ids.to(torch.int32), "logits": model(ids).logits.detach()}, folder / "expected.safetensors")
    write_decoder_gguf(model, folder / "model.gguf", name)


def write_decoder_gguf(model, path, kind):
    """Writes the model as llama.cpp's converter does."""
    config = model.config
    arch = next(arch for arch, arch_name in gguf.MODEL_ARCH_NAMES.items() if arch_name == kind)
    writer = gguf.GGUFWriter(path, kind)
    writer.add_context_length(config.max_position_embeddings)
    writer.add_embedding_length(config.hidden_size)
    writer.add_block_count(config.num_hidden_layers)
    writer.add_feed_forward_length(config.intermediate_size)
    writer.add_head_count(config.num_attention_heads)
    head_dim = getattr(config, "head_dim", None) or config.hidden_size // config.num_attention_heads
    if kind == "gptneox":
        writer.add_layer_norm_eps(config.layer_norm_eps)
        writer.add_parallel_residual(config.use_parallel_residual)
        writer.add_rope_dimension_count(int(head_dim * config.rope_parameters["partial_rotary_factor"]))
    else:
        writer.add_head_count_kv(config.num_key_value_heads)
        writer.add_layer_norm_rms_eps(config.rms_norm_eps)
        writer.add_key_length(head_dim)
        writer.add_value_length(head_dim)
    rope = config.rope_parameters.get("full_attention", config.rope_parameters)
    writer.add_rope_freq_base(rope["rope_theta"])
    if rope["rope_type"] == "linear":
        writer.add_rope_scaling_type(gguf.RopeScalingType.LINEAR)
        writer.add_rope_scaling_factor(rope["factor"])
    if rope["rope_type"] == "longrope":
        original = rope["original_max_position_embeddings"]
        factor = config.max_position_embeddings / original
        writer.add_rope_scaling_orig_ctx_len(original)
        writer.add_rope_scaling_attn_factors(math.sqrt(1 + math.log(factor) / math.log(original)))
        writer.add_tensor("rope_factors_long.weight", torch.tensor(rope["long_factor"]).numpy())
        writer.add_tensor("rope_factors_short.weight", torch.tensor(rope["short_factor"]).numpy())
    if kind.startswith("gemma"):
        writer.add_sliding_window(config.sliding_window)
    if kind == "gemma2":
        writer.add_attn_logit_softcapping(config.attn_logit_softcapping)
        writer.add_final_logit_softcapping(config.final_logit_softcapping)
    if kind == "granite":
        writer.add_attention_scale(config.attention_multiplier)
        writer.add_embedding_scale(config.embedding_multiplier)
        writer.add_residual_scale(config.residual_multiplier)
        writer.add_logit_scale(config.logits_scaling)
    names = gguf.get_tensor_name_map(arch, config.num_hidden_layers)
    heads = {"q_proj": config.num_attention_heads, "k_proj": getattr(config, "num_key_value_heads", None)}
    for key, weight in model.named_parameters():
        data = weight.detach()
        module = key.split(".")[-2]
        if module in heads and kind in ("smollm3", "granite"):
            data = data.reshape(heads[module], 2, -1, data.shape[1]).swapaxes(1, 2).reshape(data.shape)
        if module == "query_key_value":
            shape = (config.num_attention_heads, 3, head_dim, *data.shape[1:])
            data = data.reshape(shape).swapaxes(0, 1).reshape(data.shape)
        if kind.startswith("gemma") and key.endswith("norm.weight"):
            data = data + 1
        writer.add_tensor(names.get_name(key, (".weight", ".bias")), data.contiguous().numpy())
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


def write_gguf(model, path, **split):
    """Writes the model as llama.cpp's converter does: its names, its order of rows and columns."""
    config = model.config
    kind = gguf.MODEL_ARCH.GPT2 if config.model_type == "gpt2" else gguf.MODEL_ARCH.LLAMA
    writer = gguf.GGUFWriter(path, config.model_type, **split)
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
    for seed, (name, config) in enumerate(ARCHITECTURES.items()):
        record_architecture(name, config, seed)
    for seed, (name, config) in enumerate(GGUFS.items()):
        record_gguf(name, config, seed)
