"""What Transformers answers with a model's folder: JSON in on stdin, JSON out on stdout."""

import json
import sys

from transformers import AutoModelForCausalLM, AutoTokenizer

request = json.load(sys.stdin)
tokenizer = AutoTokenizer.from_pretrained(request["model"], local_files_only=True)
model = AutoModelForCausalLM.from_pretrained(request["model"], local_files_only=True)
asked = tokenizer.apply_chat_template(
    [{"role": "user", "content": request["prompt"]}], add_generation_prompt=True, return_tensors="pt"
)
answer = model.generate(asked, do_sample=False, max_new_tokens=16)[0][asked.shape[1] :]
json.dump(tokenizer.decode(answer, skip_special_tokens=True), sys.stdout)
