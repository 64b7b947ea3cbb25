// AdamW as one op on the CPU: what TensorFlow would compute in some fifteen passes over the numbers, each into a tensor
// of its own, is one pass here. The JavaScript side is ../adamw-update.ts.

#include <cmath>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

#include "tensorflow/c/c_api.h"
#include "tensorflow/c/ops.h"

// What is needed of tensorflow/c/kernels.h, which includes headers from outside of the C interface.
extern "C" {
typedef struct TF_KernelBuilder TF_KernelBuilder;
typedef struct TF_OpKernelConstruction TF_OpKernelConstruction;
typedef struct TF_OpKernelContext TF_OpKernelContext;
TF_KernelBuilder *TF_NewKernelBuilder(const char *op, const char *device, void *(*create)(TF_OpKernelConstruction *),
                                      void (*compute)(void *, TF_OpKernelContext *), void (*destroy)(void *));
void TF_RegisterKernelBuilder(const char *name, TF_KernelBuilder *builder, TF_Status *status);
void TF_GetInput(TF_OpKernelContext *context, int index, TF_Tensor **tensor, TF_Status *status);
TF_Tensor *TF_AllocateOutput(TF_OpKernelContext *context, int index, TF_DataType dtype, const int64_t *extents,
                             int rank, size_t bytes, TF_Status *status);
void TF_OpKernelContext_Failure(TF_OpKernelContext *context, TF_Status *status);
}

namespace {

const char *kName = "ImitationLabAdamW";

enum Input { kWeight, kGradient, kFirst, kSecond, kRate, kReachedFirst, kReachedSecond, kConstants, kInputs };

using Status = std::unique_ptr<TF_Status, decltype(&TF_DeleteStatus)>;
using Tensor = std::unique_ptr<TF_Tensor, decltype(&TF_DeleteTensor)>;

struct Rule {
  float keep_first, take_first, keep_second, take_second, epsilon, decay, rate, reached_first, reached_second;
};

void Move(const Rule &rule, int64_t count, const float *__restrict weight, const float *__restrict gradient,
          const float *__restrict first, const float *__restrict second, float *__restrict next_weight,
          float *__restrict next_first, float *__restrict next_second) {
  const float kept = 1 - rule.rate * rule.decay;
  for (int64_t i = 0; i < count; i++) {
    const float mean = rule.keep_first * first[i] + rule.take_first * gradient[i];
    const float square = rule.keep_second * second[i] + rule.take_second * gradient[i] * gradient[i];
    const float root = std::sqrt(square / rule.reached_second) + rule.epsilon;
    next_weight[i] = kept * weight[i] - rule.rate * (mean / rule.reached_first / root);
    next_first[i] = mean;
    next_second[i] = square;
  }
}

bool Failed(TF_OpKernelContext *context, const Status &status) {
  if (TF_GetCode(status.get()) == TF_OK) return false;
  TF_OpKernelContext_Failure(context, status.get());
  return true;
}

void Compute(void *, TF_OpKernelContext *context) {
  Status status(TF_NewStatus(), TF_DeleteStatus);
  std::vector<Tensor> inputs;
  std::vector<const float *> in;
  for (int i = 0; i < kInputs; i++) {
    TF_Tensor *tensor = nullptr;
    TF_GetInput(context, i, &tensor, status.get());
    if (Failed(context, status)) return;
    inputs.emplace_back(tensor, TF_DeleteTensor);
    in.push_back(static_cast<const float *>(TF_TensorData(tensor)));
  }
  const TF_Tensor *weight = inputs[kWeight].get();
  std::vector<int64_t> shape;
  for (int i = 0; i < TF_NumDims(weight); i++) shape.push_back(TF_Dim(weight, i));
  std::vector<Tensor> outputs;
  float *out[3];
  for (int i = 0; i < 3; i++) {
    outputs.emplace_back(
        TF_AllocateOutput(context, i, TF_FLOAT, shape.data(), shape.size(), TF_TensorByteSize(weight), status.get()),
        TF_DeleteTensor);
    if (Failed(context, status)) return;
    out[i] = static_cast<float *>(TF_TensorData(outputs[i].get()));
  }
  const float *constants = in[kConstants];
  const Rule rule{constants[0], constants[1], constants[2],       constants[3],      constants[4],
                  constants[5], *in[kRate],   *in[kReachedFirst], *in[kReachedSecond]};
  Move(rule, TF_TensorElementCount(weight), in[kWeight], in[kGradient], in[kFirst], in[kSecond], out[0], out[1], out[2]);
}

void InferShapes(TF_ShapeInferenceContext *context, TF_Status *status) {
  TF_ShapeHandle *shape = TF_NewShapeHandle();
  TF_ShapeInferenceContextGetInput(context, kWeight, shape, status);
  for (int i = 0; i < 3 && TF_GetCode(status) == TF_OK; i++)
    TF_ShapeInferenceContextSetOutput(context, i, shape, status);
  TF_DeleteShapeHandle(shape);
}

}  // namespace

namespace tfnodejs {

void RegisterAdamW() {
  Status status(TF_NewStatus(), TF_DeleteStatus);
  auto require = [&status] {
    if (TF_GetCode(status.get()) != TF_OK) throw std::runtime_error(TF_Message(status.get()));
  };
  TF_OpDefinitionBuilder *op = TF_NewOpDefinitionBuilder(kName);
  for (const char *input : {"weight", "gradient", "first", "second", "rate", "reached_first", "reached_second", "constants"})
    TF_OpDefinitionBuilderAddInput(op, (std::string(input) + ": float").c_str());
  for (const char *output : {"next_weight", "next_first", "next_second"})
    TF_OpDefinitionBuilderAddOutput(op, (std::string(output) + ": float").c_str());
  TF_OpDefinitionBuilderSetShapeInferenceFunction(op, InferShapes);
  TF_RegisterOpDefinition(op, status.get());
  require();
  TF_KernelBuilder *kernel = TF_NewKernelBuilder(kName, "CPU", nullptr, Compute, nullptr);
  TF_RegisterKernelBuilder(kName, kernel, status.get());
  require();
}

}  // namespace tfnodejs
