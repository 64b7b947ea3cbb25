"""Tiny chat models as Transformers makes them, and TRL's losses on them: JSON in on stdin, JSON out on stdout."""

import contextlib
import json
import sys
import tempfile
from pathlib import Path

import torch
import trl
from datasets import Dataset
from peft import PeftModel
from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers
from transformers import (
    AutoModelForCausalLM,
    AutoTokenizer,
    LlamaConfig,
    LlamaTokenizer,
    PreTrainedTokenizerFast,
    Qwen3Config,
)
from trl import SFTConfig, SFTTrainer

TEMPLATES = Path(trl.__file__).parent / "chat_templates"
SENTENCEPIECE = Path(__file__).parents[1] / "src" / "tokenize" / "fixtures" / "llama.model"
SIZES = dict(
    hidden_size=48, intermediate_size=80, num_hidden_layers=2, num_attention_heads=4, num_key_value_heads=2,
    max_position_embeddings=256, initializer_range=0.1,
)
CONFIGS = {
    "llama": lambda size, _eos: LlamaConfig(**SIZES, vocab_size=size, tie_word_embeddings=False),
    # As SmolLM2 is padded, by the token that ends a turn: PyTorch lets its embedding learn where it is predicted only.
    "qwen3": lambda size, eos: Qwen3Config(
        **SIZES, vocab_size=size, head_dim=16, tie_word_embeddings=True, pad_token_id=eos
    ),
}


def sentencepiece(_texts):
    """A model of SentencePiece as LLaMA's, with Cohere's template: its texts follow its special tokens directly."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "tokenizer.model").write_bytes(SENTENCEPIECE.read_bytes())
        tokenizer = LlamaTokenizer.from_pretrained(folder)
    names = ["START_OF_TURN", "END_OF_TURN", "SYSTEM", "USER", "CHATBOT"]
    tokenizer.add_special_tokens({"additional_special_tokens": [f"<|{name}_TOKEN|>" for name in names]})
    tokenizer.pad_token = tokenizer.unk_token
    tokenizer.chat_template = (TEMPLATES / "cohere_training.jinja").read_text()
    return tokenizer


def byte_level_bpe(texts):
    """Byte-level BPE with Qwen3's template."""
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    special = ["<|endoftext|>", "<|im_start|>", "<|im_end|>"]
    alphabet = pre_tokenizers.ByteLevel.alphabet()
    trainer = trainers.BpeTrainer(
        vocab_size=500, special_tokens=special, initial_alphabet=alphabet, show_progress=False
    )
    tokenizer.train_from_iterator(texts, trainer)
    return PreTrainedTokenizerFast(
        tokenizer_object=tokenizer, eos_token="<|im_end|>", pad_token="<|endoftext|>",
        chat_template=(TEMPLATES / "qwen3_training.jinja").read_text(),
    )


TOKENIZERS = {"sentencepiece": sentencepiece, "bpe": byte_level_bpe}


def make(folder, architecture, tokenizer, texts):
    """Saves a random model and its tokenizer."""
    made = TOKENIZERS[tokenizer](texts)
    made.save_pretrained(folder)
    torch.manual_seed(0)
    AutoModelForCausalLM.from_config(CONFIGS[architecture](len(made), made.eos_token_id)).save_pretrained(folder)


class Recorded(SFTTrainer):
    """Keeps the exact loss of each step, over all batches that it accumulates."""

    losses: list[float]

    def training_step(self, *args, **kwargs):
        loss = super().training_step(*args, **kwargs)
        if len(self.losses) == self.state.global_step:
            self.losses.append(0.0)
        self.losses[-1] += loss.item()
        return loss


def train(folder, dialogues, settings, adapter=None):
    """The loss and the norm of the gradients of each step on dialogues that are taken in their order."""
    model = AutoModelForCausalLM.from_pretrained(folder, dtype=torch.float32, local_files_only=True)
    if adapter:
        model = PeftModel.from_pretrained(model, adapter, is_trainable=True)
    with tempfile.TemporaryDirectory() as out:
        config = SFTConfig(
            output_dir=out, assistant_only_loss=True, num_train_epochs=1, train_sampling_strategy="sequential",
            logging_steps=1, report_to=[], save_strategy="no", use_cpu=True, bf16=False, disable_tqdm=True,
            gradient_checkpointing=False, dataset_num_proc=1, warmup_steps=0, **settings,
        )
        tokenizer = AutoTokenizer.from_pretrained(folder, local_files_only=True)
        rows = Dataset.from_list([{"messages": messages} for messages in dialogues])
        trainer = Recorded(model=model, args=config, train_dataset=rows, processing_class=tokenizer)
        trainer.losses = []
        trainer.train()
    norms = [row["grad_norm"] for row in trainer.state.log_history if "grad_norm" in row]
    return {"losses": trainer.losses, "gradNorms": [float(norm) for norm in norms]}


WORK = {"make": make, "train": train}

requests = json.load(sys.stdin)
with contextlib.redirect_stdout(sys.stderr):
    answers = [WORK[request.pop("work")](**request) for request in requests]
json.dump(answers, sys.stdout)
