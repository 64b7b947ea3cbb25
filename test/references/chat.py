"""What Transformers reads of a prompt and answers with a model's folder: JSON in on stdin, JSON out on stdout."""

import contextlib
import json
import sys

from transformers import AutoModelForCausalLM, AutoTokenizer

request = json.load(sys.stdin)
with contextlib.redirect_stdout(sys.stderr):
    tokenizer = AutoTokenizer.from_pretrained(request["model"], local_files_only=True)
    model = AutoModelForCausalLM.from_pretrained(request["model"], local_files_only=True)
    asked = tokenizer.apply_chat_template(
        [{"role": "user", "content": request["prompt"]}],
        add_generation_prompt=True,
        return_tensors="pt",
        return_dict=True,
    )
    prompt = asked["input_ids"]
    tokens = request.get("tokens", 16)
    answer = model.generate(
        prompt, attention_mask=asked["attention_mask"], do_sample=False, max_new_tokens=tokens
    )[0][prompt.shape[1] :]
text = tokenizer.decode(answer, skip_special_tokens=True)
json.dump({"prompt": prompt[0].tolist(), "answer": answer.tolist(), "text": text}, sys.stdout)
