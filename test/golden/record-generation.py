"""Records how Transformers generates with the tiny models of test/golden/models, and how likely it finds texts.

Run as `python test/golden/record-generation.py`, with the packages of requirements.txt; it writes generation.json.
"""

import json
from pathlib import Path

import torch
import transformers
from transformers import AutoModelForCausalLM, GenerationConfig

FOLDER = Path(__file__).parent
LENGTHS = [1, 4, 9, 13]
NEW_TOKENS = 10
PENALTY = 1.7


def generated(model, prompts, **options):
    """Greedy tokens of each prompt, alone; and of all at once, padded on the left, which must be the same."""
    config = GenerationConfig(
        do_sample=False, max_new_tokens=NEW_TOKENS, eos_token_id=None, pad_token_id=0, **options
    )
    alone = []
    for ids in prompts:
        # Without a mask, Transformers takes tokens like the padding for padding.
        mask = torch.ones(1, len(ids), dtype=torch.long)
        tokens = model.generate(torch.tensor([ids]), attention_mask=mask, generation_config=config)
        alone.append(tokens[0, len(ids):].tolist())
    if not options:  # Transformers' penalty would fall on the padding, too.
        longest = max(map(len, prompts))
        padded = torch.tensor([[0] * (longest - len(ids)) + ids for ids in prompts])
        mask = torch.tensor([[0] * (longest - len(ids)) + [1] * len(ids) for ids in prompts])
        together = model.generate(padded, attention_mask=mask, generation_config=config)
        assert together[:, longest:].tolist() == alone, "padding changes the tokens"
    return alone


def log_likelihoods(model, sequences, start):
    scores = []
    for ids in sequences:
        logs = model(torch.tensor([ids])).logits[0].double().log_softmax(-1)
        scores.append(sum(logs[at - 1, ids[at]].item() for at in range(start, len(ids))))
    return scores


def record(folder):
    torch.manual_seed(5)
    model = AutoModelForCausalLM.from_pretrained(folder, attn_implementation="eager").eval()
    draw = lambda length: torch.randint(0, model.config.vocab_size, (length,)).tolist()
    prompts = [draw(length) for length in LENGTHS]
    prompt = draw(6)
    continuations = [draw(length) for length in [1, 3, 8, 3, 18]]
    sequences = [prompt + continuation for continuation in continuations]
    with torch.no_grad():
        return {
            "prompts": prompts,
            "greedy": generated(model, prompts),
            "penalised": generated(model, prompts, repetition_penalty=PENALTY),
            "prompt": prompt,
            "continuations": continuations,
            "logLikelihoods": log_likelihoods(model, sequences, len(prompt)),
        }


if __name__ == "__main__":
    print(f"transformers {transformers.__version__}, torch {torch.__version__}")
    recorded = {folder.name: record(folder) for folder in sorted((FOLDER / "models").iterdir())}
    (FOLDER / "generation.json").write_text(json.dumps(recorded) + "\n")
