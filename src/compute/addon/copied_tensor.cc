// Numbers that JavaScript hands over, in memory that TensorFlow may free from any thread.

#include <cstring>

#include "tensorflow/c/tf_tensor.h"

namespace tfnodejs {

TF_Tensor *CopiedTensor(TF_DataType dtype, const int64_t *shape, int rank, const void *data, size_t bytes) {
  TF_Tensor *tensor = TF_AllocateTensor(dtype, shape, rank, bytes);
  if (bytes > 0) std::memcpy(TF_TensorData(tensor), data, bytes);
  return tensor;
}

}  // namespace tfnodejs
