"""Records 20 training steps of PyTorch's AdamW on the tiny models, which ours are held to.

Run as `python test/golden/record-training.py`, with the packages of requirements.txt, after record-models.py; it
writes `training.safetensors` into each folder of test/golden/models.
"""

from pathlib import Path

import torch
from safetensors.torch import save_file
from transformers import AutoModelForCausalLM

FOLDER = Path(__file__).parent / "models"
STEPS = 20
RATE = 1e-3  # after four steps of warm-up
CLIP = 1.0  # below the norms of these gradients, so that it acts


def record(name):
    torch.manual_seed(1)
    model = AutoModelForCausalLM.from_pretrained(FOLDER / name, attn_implementation="eager").eval()
    optimizer = torch.optim.AdamW(model.parameters(), lr=RATE)
    ids = torch.randint(0, model.config.vocab_size, (STEPS, 2, 12))
    targets = torch.randint(0, model.config.vocab_size, (STEPS, 2, 12))
    mask = torch.randint(0, 2, (STEPS, 2, 12)).float()
    losses, norms = [], []
    for step in range(STEPS):
        optimizer.param_groups[0]["lr"] = RATE * min(1, (step + 1) / 4)
        each = torch.nn.functional.cross_entropy(
            model(ids[step]).logits.flatten(0, 1), targets[step].flatten(), reduction="none"
        )
        loss = (each * mask[step].flatten()).sum() / mask[step].sum()
        optimizer.zero_grad()
        loss.backward()
        norms.append(torch.nn.utils.clip_grad_norm_(model.parameters(), CLIP))
        optimizer.step()
        losses.append(loss.detach())
    given = {"ids": ids.to(torch.int32), "targets": targets.to(torch.int32), "mask": mask}
    expected = {"loss": torch.stack(losses), "norm": torch.stack(norms)}
    expected |= {f"weight {key}": weight.detach() for key, weight in model.named_parameters()}
    save_file(given | expected, FOLDER / name / "training.safetensors")
    print(f"{name}: loss {losses[0]:.4f} to {losses[-1]:.4f}, norms {min(norms):.2f} to {max(norms):.2f}")


if __name__ == "__main__":
    for name in ("gpt2", "llama-tied"):
        record(name)
