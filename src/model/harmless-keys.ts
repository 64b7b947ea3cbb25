/**
 * Keys of `config.json` that never change what the model computes of given tokens: each was reviewed in the code of
 * Transformers 5. A key that is neither here nor read by its architecture refuses the checkpoint.
 */
const HARMLESS_KEYS: ReadonlySet<string> = new Set([
  // Names, and the programs that wrote the file.
  ...words('model_type architectures transformers_version _name_or_path name_or_path auto_map _commit_hash'),
  ...words('transformers.js_config unsloth_fixed unsloth_version model_name'),
  // Types of the weights in memory; the files state their own.
  ...words('dtype torch_dtype use_bfloat16'),
  // Tokens and settings of generation, which the tokenizer and generation_config.json decide here.
  ...words(
    'bos_token_id eos_token_id pad_token_id sep_token_id decoder_start_token_id tokenizer_class prefix',
  ),
  ...words('use_cache cache_implementation max_length min_length do_sample early_stopping num_beams'),
  ...words('num_beam_groups diversity_penalty temperature top_k top_p typical_p repetition_penalty'),
  ...words('length_penalty no_repeat_ngram_size encoder_no_repeat_ngram_size bad_words_ids'),
  ...words('num_return_sequences output_scores return_dict_in_generate forced_bos_token_id'),
  ...words('forced_eos_token_id remove_invalid_values exponential_decay_length_penalty suppress_tokens'),
  ...words('begin_suppress_tokens task_specific_params'),
  // First weights, and dropout, which the options of training state here.
  ...words('initializer_range attention_dropout attn_pdrop embd_pdrop resid_pdrop hidden_dropout'),
  ...words('classifier_dropout'),
  // Outputs that are asked for, and heads of other tasks.
  ...words('output_attentions output_hidden_states return_dict torchscript problem_type finetuning_task'),
  ...words('num_labels id2label label2id is_decoder is_encoder_decoder cross_attention_hidden_size'),
  ...words('tie_encoder_decoder summary_type summary_use_proj summary_activation summary_first_dropout'),
  ...words('summary_proj_to_labels'),
  // Ways to compute the same: slices of matrices, kernels, the order of casts.
  ...words('pretraining_tp chunk_size_feed_forward reorder_and_upcast_attn tf_legacy_loss'),
  ...words('_attn_implementation _attn_implementation_autoset _flash_attn_2_enabled'),
]);

/** Ends of keys of GGUF files, behind the architecture's name, of which the same holds. */
const HARMLESS_GGUF_KEYS: ReadonlySet<string> = new Set(words('vocab_size rope.scaling.finetuned'));

/** Reports whether a key of `config.json` never changes what the model computes. */
export function isHarmlessKey(key: string): boolean {
  return HARMLESS_KEYS.has(key);
}

/** Reports whether a key of a GGUF file, such as `llama.vocab_size`, never changes what the model computes. */
export function isHarmlessGgufKey(key: string): boolean {
  return HARMLESS_GGUF_KEYS.has(key.slice(key.indexOf('.') + 1));
}

function words(text: string): string[] {
  return text.split(' ');
}
