"""Records what PEFT computes with LoRA on the tiny models, which ours is held to: logits, gradients, five steps.

Run as `python test/golden/record-lora.py`, with the packages of requirements.txt, after record-models.py; it writes
the folder `lora` into two folders of test/golden/models: adapters as PEFT saves them, and `expected.safetensors`.
"""

import json
from pathlib import Path

import torch
from peft import LoraConfig, get_peft_model
from safetensors.torch import save_file
from transformers import AutoModelForCausalLM

FOLDER = Path(__file__).parent / "models"
STEPS = 5
RATE = 1e-2
CLIP = 1.0
ADAPTERS = {
    "gpt2": LoraConfig(r=3, lora_alpha=6, target_modules=["c_attn", "c_proj", "c_fc"], task_type="CAUSAL_LM"),
    # Other scales than alpha over the rank: its root; and maps of both parts of a block, but not all.
    "llama-tied": LoraConfig(
        r=4, lora_alpha=5, use_rslora=True, target_modules=["q_proj", "v_proj", "down_proj"], task_type="CAUSAL_LM"
    ),
}


def record(name, config):
    torch.manual_seed(2)
    base = AutoModelForCausalLM.from_pretrained(FOLDER / name, attn_implementation="eager").eval()
    model = get_peft_model(base, config).eval()
    trained = {key: weight for key, weight in model.named_parameters() if weight.requires_grad}
    for key, weight in trained.items():
        if "lora_B" in key:  # which start at 0, where the gradients of A are 0 as well
            weight.data = torch.randn_like(weight) * 0.1
    folder = FOLDER / name / "lora"
    model.save_pretrained(folder)
    (folder / "README.md").unlink()
    tidy_config(folder / "adapter_config.json", base=name)
    plain = {key: key.replace("base_model.model.", "").replace(".default", "") for key in trained}
    ids = torch.randint(0, base.config.vocab_size, (STEPS, 2, 12))
    targets = torch.randint(0, base.config.vocab_size, (STEPS, 2, 12))
    mask = torch.randint(0, 2, (STEPS, 2, 12)).float()
    expected = {"ids": ids.to(torch.int32), "targets": targets.to(torch.int32), "mask": mask}
    optimizer = torch.optim.AdamW(trained.values(), lr=RATE)
    losses, norms = [], []
    for step in range(STEPS):
        logits = model(ids[step]).logits
        each = torch.nn.functional.cross_entropy(logits.flatten(0, 1), targets[step].flatten(), reduction="none")
        loss = (each * mask[step].flatten()).sum() / mask[step].sum()
        optimizer.zero_grad()
        loss.backward()
        if step == 0:
            expected["logits"] = logits.detach()
            expected |= {f"gradient of {plain[key]}": weight.grad.clone() for key, weight in trained.items()}
        norms.append(torch.nn.utils.clip_grad_norm_(trained.values(), CLIP))
        optimizer.step()
        losses.append(loss.detach())
    expected |= {"loss": torch.stack(losses), "norm": torch.stack(norms)}
    expected |= {f"weight {plain[key]}": weight.detach() for key, weight in trained.items()}
    save_file(expected, folder / "expected.safetensors")
    print(f"{name}: loss {losses[0]:.4f} to {losses[-1]:.4f}, norms {min(norms):.2f} to {max(norms):.2f}")


def tidy_config(path, base):
    """Takes out what differs from machine to machine and run to run."""
    config = json.loads(path.read_text())
    config |= {"base_model_name_or_path": base, "target_modules": sorted(config["target_modules"])}
    path.write_text(json.dumps(config, indent=2) + "\n")


if __name__ == "__main__":
    for name, config in ADAPTERS.items():
        record(name, config)
