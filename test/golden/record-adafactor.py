"""Prints three steps of optax's Adafactor as EasyLM sets it up for `multiply_by_parameter_scale`.

Run as `python test/golden/record-adafactor.py`, with the packages of requirements.txt; the test of
src/train/adafactor.ts holds what it prints.
"""

import jax.numpy as jnp
import optax

GRADIENTS = [
    {"a": [0.3, -0.4], "b": [0.0001]},
    {"a": [6.0, 8.0], "b": [-2.0]},
    {"a": [-0.1, 0.2], "b": [0.05]},
]
RATES = jnp.array([0.01, 0.02, 0.04])
WEIGHT_DECAY = 1e-4

weights = {"a": jnp.array([3.0, 4.0]), "b": jnp.array([0.0])}
optimizer = optax.chain(
    optax.clip_by_global_norm(1.0),
    optax.adafactor(
        learning_rate=lambda step: RATES[step], multiply_by_parameter_scale=True, momentum=0.9, decay_rate=0.95,
        factored=False, clipping_threshold=None,
    ),
)
state = optimizer.init(weights)
for rate, gradients in zip(RATES, GRADIENTS):
    gradients = {name: jnp.array(gradient) for name, gradient in gradients.items()}
    updates, state = optimizer.update(gradients, state, weights)
    updates = {name: updates[name] - rate * WEIGHT_DECAY * weights[name] for name in weights}
    weights = optax.apply_updates(weights, updates)
    print({name: [float(value) for value in weight] for name, weight in weights.items()})
