"""Renders conversations by the chat templates of TRL, of vLLM's examples and of Transformers' tests, by Transformers.

Reads {tokenizer, now, archives, dialogues} from stdin: the content of a tokenizer.json, a time, a folder for downloads,
and dialogues with messages and tools. Writes rows with the template, and the text, tokens and mask, or an error.
"""

import ast
import hashlib
import json
import sys
import tarfile
import urllib.request
from datetime import datetime
from pathlib import Path

import transformers.utils.chat_template_utils as chat
import trl
from tokenizers import Tokenizer
from transformers import PreTrainedTokenizerFast

PYPI = "https://files.pythonhosted.org/packages/"
ARCHIVES = {
    "vllm-0.9.2.tar.gz": (
        PYPI + "35/89/2fbf95d398b5751b44c7256bd80e57c589142f1bfcc15f5dc76438b8853a/vllm-0.9.2.tar.gz",
        "6b0d855ea8ba18d76364c9b82ea94bfcaa9c9e724055438b5733e4716ed104e1",
    ),
    "transformers-5.24.0.tar.gz": (
        PYPI + "ee/3b/1680200d94d5e567443223dce26f9c6c26c6366ce5232981923c6c01e9d6/transformers-5.24.0.tar.gz",
        "906cb8c3cb2123575e263962586a4d21a979ce97feeb95fe6aaf66fe6ae88bf3",
    ),
}


def archive(name, folder):
    """Opens a source archive, downloaded once and checked."""
    url, sha256 = ARCHIVES[name]
    path = Path(folder) / name
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        with urllib.request.urlopen(url, timeout=120) as response:
            path.write_bytes(response.read())
    if hashlib.sha256(path.read_bytes()).hexdigest() != sha256:
        raise ValueError(f"{path} has another hash than {sha256}")
    return tarfile.open(path)


def members(name, folder, wanted):
    with archive(name, folder) as opened:
        for member in opened.getmembers():
            if wanted(member.name):
                yield member.name, opened.extractfile(member).read().decode("utf-8")


def templates(folder):
    """Yields every template by its source and name."""
    for path in sorted((Path(trl.__file__).parent / "chat_templates").glob("*.jinja")):
        yield "TRL", path.name, path.read_text(encoding="utf-8")
    for name, text in members("vllm-0.9.2.tar.gz", folder, lambda name: name.endswith(".jinja")):
        yield "vLLM", name, text
    is_test = lambda name: "/tests/" in name and name.endswith(".py")
    seen = set()
    for name, text in members("transformers-5.24.0.tar.gz", folder, is_test):
        for node in ast.walk(ast.parse(text)):
            value = node.value if isinstance(node, ast.Constant) else None
            if isinstance(value, str) and "{%" in value and value not in seen:
                seen.add(value)
                yield "Transformers", f"{name}:{node.lineno}", value


given = json.load(sys.stdin)
year, month, day, hour, minute, second = given["now"]


class Frozen(datetime):
    @classmethod
    def now(cls, tz=None):
        return datetime(year, month, day, hour, minute, second)


chat.datetime = Frozen
tokenizer = PreTrainedTokenizerFast(
    tokenizer_object=Tokenizer.from_str(json.dumps(given["tokenizer"])), bos_token="<|user|>", eos_token="<|end|>"
)
rows = []
for source, name, template in templates(given["archives"]):
    for index, dialogue in enumerate(given["dialogues"]):
        for prompt in (False, True):
            row = {"source": source, "name": name, "template": template, "dialogue": index, "prompt": prompt}
            options = {"tools": dialogue["tools"], "add_generation_prompt": prompt, "chat_template": template}
            try:
                row["text"] = tokenizer.apply_chat_template(dialogue["messages"], tokenize=False, **options)
                encoded = tokenizer.apply_chat_template(
                    dialogue["messages"], return_dict=True, return_assistant_tokens_mask=True, **options
                )
                row["ids"] = encoded["input_ids"]
                row["mask"] = encoded["assistant_masks"]
            except Exception as error:
                row["error"] = f"{type(error).__name__}: {error}"[:200]
            rows.append(row)
json.dump(rows, sys.stdout)
