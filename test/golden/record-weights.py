"""Records how Python's packages read weights: every element type of safetensors, every quantised type of GGUF.

Run as `python test/golden/record-weights.py`, with the packages of requirements.txt; it writes test/golden/weights.
"""

from pathlib import Path

import gguf
import numpy as np
import torch
from gguf import GGMLQuantizationType as Quant
from safetensors.torch import save_file

FOLDER = Path(__file__).parent / "weights"

#: Numbers where conversions go wrong: signs of zero, ties, subnormals, the ends of each range, no numbers.
EDGES = [0.0, -0.0, 1.0, -2.5, 1 / 3, 1e-8, -6e-8, 5.9604645e-08, 6.1e-05, 65504.0, 65519.9, 65520.0, -1e30]
EDGES += [2049.0, 2051.0, 257.0, 259.0, 3.4028235e38, 1e-40, float("inf"), float("-inf"), float("nan")]

FLOATS = {"f64": torch.float64, "f32": torch.float32, "f16": torch.float16, "bf16": torch.bfloat16}
WHOLE = {
    "i64": (torch.int64, [0, -1, 2**62 + 1]),
    "u64": (torch.uint64, [0, 1, 2**64 - 1]),
    "i32": (torch.int32, [0, -1, 2**31 - 1]),
    "u32": (torch.uint32, [0, 1, 2**32 - 1]),
    "i16": (torch.int16, [0, -1, 2**15 - 1]),
    "u16": (torch.uint16, [0, 1, 2**16 - 1]),
    "i8": (torch.int8, [0, -1, 127]),
    "u8": (torch.uint8, [0, 1, 255]),
    "bool": (torch.bool, [True, False, True]),
}


def element_types():
    edges = torch.tensor(EDGES, dtype=torch.float64)
    tensors = {name: edges.to(dtype).reshape(2, -1) for name, dtype in FLOATS.items()}
    tensors |= {f"{name} as f32": tensors[name].to(torch.float32, copy=True) for name in FLOATS}
    for name, (dtype, numbers) in WHOLE.items():
        tensors[name] = torch.tensor(numbers, dtype=dtype)
    tensors["scalar"] = torch.tensor(7.5)
    tensors["empty"] = torch.zeros(0, 3)
    save_file(tensors, FOLDER / "types.safetensors", metadata={"format": "pt", "note": "é"})


def rounding():
    generator = torch.Generator().manual_seed(1)
    scales = 2.0 ** torch.randint(-30, 20, (1000,), generator=generator)
    values = torch.cat([torch.tensor(EDGES), torch.randn(1000, generator=generator) * scales])
    bits = {
        "f32": values,
        "f16": values.to(torch.float16).view(torch.int16),
        "bf16": values.to(torch.bfloat16).view(torch.int16),
    }
    save_file(bits, FOLDER / "rounding.safetensors")


#: Where the half-precision scales of a block stand, in bytes; every other byte may hold anything.
SCALES = {Quant.Q2_K: [80, 82], Quant.Q3_K: [108], Quant.Q4_K: [0, 2], Quant.Q5_K: [0, 2], Quant.Q6_K: [208]}
SCALES |= {Quant.IQ4_NL: [0], Quant.IQ4_XS: [0]}
QUANTISED = [Quant.F16, Quant.BF16, Quant.Q8_0, Quant.Q4_0, Quant.Q4_1, Quant.Q5_0, Quant.Q5_1]


def quantised_types():
    random = np.random.default_rng(1)
    writer = gguf.GGUFWriter(FOLDER / "quants.gguf", "llama")
    writer.add_uint64("a.u64", 2**53 + 1)
    writer.add_int64("a.i64", -5)
    writer.add_int8("a.i8", -128)
    writer.add_float32("a.f32", 0.5)
    writer.add_bool("a.bool", True)
    writer.add_string("a.text", "naïve 🙂")
    writer.add_array("a.texts", ["a", "", "ü"])
    writer.add_array("a.numbers", [1, 2, -3])
    writer.add_array("a.floats", [0.25, -1.5])
    values = random.normal(size=(3, 512)).astype(np.float32)
    writer.add_tensor("F32", values)
    expected = {"F32": torch.from_numpy(values)}
    for quant in [*QUANTISED, *SCALES]:
        if quant in SCALES:
            values_of, bytes_of = gguf.GGML_QUANT_SIZES[quant]
            count = 3 * 512 // values_of
            blocks = random.integers(0, 256, size=(count, bytes_of), dtype=np.uint8)
            for at in SCALES[quant]:
                halves = random.normal(scale=0.01, size=(count, 1)).astype(np.float16)
                blocks[:, at : at + 2] = halves.view(np.uint8)
            data = blocks.reshape(3, -1)
        else:
            data = gguf.quants.quantize(values, quant)
        writer.add_tensor(quant.name, data, raw_dtype=quant)
        expected[quant.name] = torch.from_numpy(gguf.quants.dequantize(data, quant).astype(np.float32))
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    save_file(expected, FOLDER / "quants.safetensors")


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    element_types()
    rounding()
    quantised_types()
