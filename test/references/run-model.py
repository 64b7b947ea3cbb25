"""What PyTorch, Transformers and gguf make of weights and models: JSON in on stdin, JSON out on stdout."""

import contextlib
import hashlib
import json
import sys


def dequantised(path):
    """SHA-256 of the float32 values of each tensor of a GGUF file."""
    import gguf

    tensors = gguf.GGUFReader(path).tensors
    values = {tensor.name: gguf.quants.dequantize(tensor.data, tensor.tensor_type) for tensor in tensors}
    return {name: hashlib.sha256(data.astype("<f4").tobytes()).hexdigest() for name, data in values.items()}


def log_probabilities(folder, ids, out, gguf_file=None):
    """Writes the log-probabilities of every next token; gives what Transformers missed or could not place."""
    import torch
    from safetensors.torch import save_file
    from transformers import AutoModelForCausalLM

    options = {"gguf_file": gguf_file} if gguf_file else {}
    model, info = AutoModelForCausalLM.from_pretrained(
        folder, dtype=torch.float32, output_loading_info=True, local_files_only=True, **options
    )
    with torch.no_grad():
        values = torch.log_softmax(model(torch.tensor(ids)).logits, -1)
    save_file({"values": values}, out)
    return {key: sorted(names) for key, names in info.items() if names}


def adapted_log_probabilities(folder, adapters, ids, out):
    """The same with the adapters of another folder, by PEFT; all of theirs must find a place."""
    import torch
    from peft import PeftModel
    from safetensors import safe_open
    from safetensors.torch import save_file
    from transformers import AutoModelForCausalLM

    base = AutoModelForCausalLM.from_pretrained(folder, dtype=torch.float32, local_files_only=True)
    model = PeftModel.from_pretrained(base, adapters)
    with torch.no_grad():
        values = torch.log_softmax(model(torch.tensor(ids)).logits, -1)
    save_file({"values": values}, out)
    with safe_open(f"{adapters}/adapter_model.safetensors", "pt") as file:
        given = {key.replace(".weight", ".default.weight") for key in file.keys()}
    return sorted(given ^ {key for key in model.state_dict() if "lora_" in key})


def greedy(folder, prompts, tokens):
    """Greedy answers, each prompt alone, without the token that ends one."""
    import torch
    from transformers import AutoModelForCausalLM

    answers = []
    for ids in prompts:
        # A model with a "dynamic" rotary embedding depends on what it has read before.
        model = AutoModelForCausalLM.from_pretrained(folder, dtype=torch.float32, local_files_only=True)
        mask = torch.ones(1, len(ids), dtype=torch.long)
        found = model.generate(torch.tensor([ids]), attention_mask=mask, do_sample=False, max_new_tokens=tokens)
        answer = found[0, len(ids):].tolist()
        answers.append(answer[:-1] if answer[-1] == model.config.eos_token_id else answer)
    return answers


WORK = {
    "dequantised": dequantised,
    "log-probabilities": log_probabilities,
    "adapted": adapted_log_probabilities,
    "greedy": greedy,
}

request = json.load(sys.stdin)
with contextlib.redirect_stdout(sys.stderr):
    answer = WORK[request.pop("work")](**request)
json.dump(answer, sys.stdout)
