// Adds to the addon of @tensorflow/tfjs-node-gpu what compiled steps need: a TensorFlow graph is built
// node by node, which infers types and shapes but computes nothing, and becomes a function that the
// addon's own executeOp() calls like any op. The JavaScript side is ../graph.ts.

#include <cstring>
#include <map>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

#include "tensorflow/c/c_api.h"
#include "tfjs_backend.h"

namespace tfnodejs {

void RegisterAdamW();  // adamw_op.cc

namespace {

using Status = std::unique_ptr<TF_Status, decltype(&TF_DeleteStatus)>;

Status NewStatus() { return Status(TF_NewStatus(), TF_DeleteStatus); }

void Require(const Status &status) {
  if (TF_GetCode(status.get()) != TF_OK) throw std::runtime_error(TF_Message(status.get()));
}

void Require(napi_status status) {
  if (status != napi_ok) throw std::runtime_error("an argument has the wrong type");
}

// A graph and its tensors; JavaScript knows a tensor by its position in `tensors`.
struct Graph {
  TF_Graph *graph = TF_NewGraph();
  std::vector<TF_Output> tensors;
  // Placeholders of variables' handles, by the tensor that is read from each.
  std::map<uint32_t, TF_Output> handles;
  int nodes = 0;

  ~Graph() { TF_DeleteGraph(graph); }

  TF_Output At(uint32_t id) const {
    if (id >= tensors.size()) throw std::runtime_error("the graph holds no tensor " + std::to_string(id));
    return tensors[id];
  }
};

// Reads JavaScript values.

std::string String(napi_env env, napi_value value) {
  size_t length;
  Require(napi_get_value_string_utf8(env, value, nullptr, 0, &length));
  std::string text(length + 1, '\0');
  Require(napi_get_value_string_utf8(env, value, &text[0], length + 1, &length));
  text.resize(length);
  return text;
}

int64_t Integer(napi_env env, napi_value value) {
  int64_t number;
  Require(napi_get_value_int64(env, value, &number));
  return number;
}

float Float(napi_env env, napi_value value) {
  double number;
  Require(napi_get_value_double(env, value, &number));
  return static_cast<float>(number);
}

bool Bool(napi_env env, napi_value value) {
  bool flag;
  Require(napi_get_value_bool(env, value, &flag));
  return flag;
}

bool IsArray(napi_env env, napi_value value) {
  bool is_array;
  Require(napi_is_array(env, value, &is_array));
  return is_array;
}

napi_value Property(napi_env env, napi_value object, const char *name) {
  napi_value value;
  Require(napi_get_named_property(env, object, name, &value));
  return value;
}

template <typename Read>
auto List(napi_env env, napi_value array, Read read) -> std::vector<decltype(read(env, array))> {
  uint32_t length;
  Require(napi_get_array_length(env, array, &length));
  std::vector<decltype(read(env, array))> list;
  for (uint32_t i = 0; i < length; i++) {
    napi_value element;
    Require(napi_get_element(env, array, i, &element));
    list.push_back(read(env, element));
  }
  return list;
}

napi_value Itself(napi_env, napi_value value) { return value; }

Graph *GraphOf(napi_env env, napi_value value) {
  void *graph;
  Require(napi_get_value_external(env, value, &graph));
  return static_cast<Graph *>(graph);
}

TFE_Context *Context(napi_env env) {
  void *backend;
  Require(napi_get_instance_data(env, &backend));
  return static_cast<TFJSBackend *>(backend)->context();
}

// Writes JavaScript values.

napi_value Number(napi_env env, int64_t number) {
  napi_value value;
  Require(napi_create_int64(env, number, &value));
  return value;
}

// {id, dtype, shape}: an unknown extent is -1, and the shape null where even its rank is unknown.
napi_value Describe(napi_env env, const Graph &graph, uint32_t id) {
  TF_Output tensor = graph.At(id);
  Status status = NewStatus();
  int rank = TF_GraphGetTensorNumDims(graph.graph, tensor, status.get());
  Require(status);
  napi_value shape;
  if (rank < 0) {
    Require(napi_get_null(env, &shape));
  } else {
    std::vector<int64_t> extents(rank);
    TF_GraphGetTensorShape(graph.graph, tensor, extents.data(), rank, status.get());
    Require(status);
    Require(napi_create_array_with_length(env, rank, &shape));
    for (int i = 0; i < rank; i++) Require(napi_set_element(env, shape, i, Number(env, extents[i])));
  }
  napi_value result;
  Require(napi_create_object(env, &result));
  Require(napi_set_named_property(env, result, "id", Number(env, id)));
  Require(napi_set_named_property(env, result, "dtype", Number(env, TF_OperationOutputType(tensor))));
  Require(napi_set_named_property(env, result, "shape", shape));
  return result;
}

// Sets an attribute given as {name, type, value}, where an array stands for a list.
void SetAttribute(napi_env env, TF_OperationDescription *node, napi_value attribute) {
  std::string name = String(env, Property(env, attribute, "name"));
  napi_value value = Property(env, attribute, "value");
  bool is_list = IsArray(env, value);
  switch (Integer(env, Property(env, attribute, "type"))) {
    case TF_ATTR_STRING: {
      std::string text = String(env, value);
      return TF_SetAttrString(node, name.c_str(), text.data(), text.size());
    }
    case TF_ATTR_INT: {
      if (!is_list) return TF_SetAttrInt(node, name.c_str(), Integer(env, value));
      auto list = List(env, value, Integer);
      return TF_SetAttrIntList(node, name.c_str(), list.data(), list.size());
    }
    case TF_ATTR_FLOAT: {
      if (!is_list) return TF_SetAttrFloat(node, name.c_str(), Float(env, value));
      auto list = List(env, value, Float);
      return TF_SetAttrFloatList(node, name.c_str(), list.data(), list.size());
    }
    case TF_ATTR_BOOL:
      if (is_list) break;
      return TF_SetAttrBool(node, name.c_str(), Bool(env, value));
    case TF_ATTR_TYPE:
      if (is_list) break;
      return TF_SetAttrType(node, name.c_str(), static_cast<TF_DataType>(Integer(env, value)));
    case TF_ATTR_SHAPE: {
      auto extents = List(env, value, Integer);
      return TF_SetAttrShape(node, name.c_str(), extents.data(), extents.size());
    }
  }
  throw std::runtime_error("attribute " + name + " has a type that is not handled");
}

TF_OperationDescription *NewNode(Graph *graph, const std::string &op) {
  std::string name = "n" + std::to_string(graph->nodes++);
  return TF_NewOperation(graph->graph, op.c_str(), name.c_str());
}

TF_Operation *Finish(TF_OperationDescription *node) {
  Status status = NewStatus();
  TF_Operation *operation = TF_FinishOperation(node, status.get());
  Require(status);
  return operation;
}

// Adds an operation's outputs to the graph's tensors and returns their descriptions.
napi_value Outputs(napi_env env, Graph *graph, TF_Operation *operation) {
  napi_value outputs;
  Require(napi_create_array(env, &outputs));
  for (int i = 0; i < TF_OperationNumOutputs(operation); i++) {
    graph->tensors.push_back({operation, i});
    Require(napi_set_element(env, outputs, i, Describe(env, *graph, graph->tensors.size() - 1)));
  }
  return outputs;
}

// The exported functions; each takes its arguments from `args`.

// () → graph
napi_value NewGraph(napi_env env, napi_value *) {
  napi_value result;
  auto free_graph = [](napi_env, void *graph, void *) { delete static_cast<Graph *>(graph); };
  Require(napi_create_external(env, new Graph, free_graph, nullptr, &result));
  return result;
}

// (graph, op) → the op's definition, an OpDef protocol buffer
napi_value OpDefinition(napi_env env, napi_value *args) {
  Status status = NewStatus();
  std::unique_ptr<TF_Buffer, decltype(&TF_DeleteBuffer)> buffer(TF_NewBuffer(), TF_DeleteBuffer);
  TF_GraphGetOpDef(GraphOf(env, args[0])->graph, String(env, args[1]).c_str(), buffer.get(), status.get());
  Require(status);
  napi_value result;
  Require(napi_create_buffer_copy(env, buffer->length, buffer->data, nullptr, &result));
  return result;
}

// (graph, dtype, shape, bytes) → [tensor]
napi_value AddConstant(napi_env env, napi_value *args) {
  Graph *graph = GraphOf(env, args[0]);
  TF_DataType dtype = static_cast<TF_DataType>(Integer(env, args[1]));
  auto shape = List(env, args[2], Integer);
  void *data;
  size_t bytes;
  Require(napi_get_typedarray_info(env, args[3], nullptr, &bytes, &data, nullptr, nullptr));
  size_t needed = TF_DataTypeSize(dtype);
  for (int64_t extent : shape) needed *= extent;
  if (bytes != needed)
    throw std::runtime_error("a constant of " + std::to_string(needed) + " bytes was given " + std::to_string(bytes));
  std::unique_ptr<TF_Tensor, decltype(&TF_DeleteTensor)> tensor(
      TF_AllocateTensor(dtype, shape.data(), shape.size(), bytes), TF_DeleteTensor);
  if (bytes > 0) memcpy(TF_TensorData(tensor.get()), data, bytes);
  TF_OperationDescription *node = NewNode(graph, "Const");
  Status status = NewStatus();
  TF_SetAttrType(node, "dtype", dtype);
  TF_SetAttrTensor(node, "value", tensor.get(), status.get());
  Require(status);
  return Outputs(env, graph, Finish(node));
}

// (graph, dtype, shape) → [tensor], the value of a variable
napi_value AddVariable(napi_env env, napi_value *args) {
  Graph *graph = GraphOf(env, args[0]);
  TF_DataType dtype = static_cast<TF_DataType>(Integer(env, args[1]));
  auto shape = List(env, args[2], Integer);
  TF_OperationDescription *placeholder = NewNode(graph, "Placeholder");
  TF_SetAttrType(placeholder, "dtype", TF_RESOURCE);
  TF_Output handle{Finish(placeholder), 0};
  TF_OperationDescription *read = NewNode(graph, "ReadVariableOp");
  TF_AddInput(read, handle);
  TF_SetAttrType(read, "dtype", dtype);
  TF_Output value{Finish(read), 0};
  Status status = NewStatus();
  TF_GraphSetTensorShape(graph->graph, value, shape.data(), shape.size(), status.get());
  Require(status);
  graph->handles[graph->tensors.size()] = handle;
  return Outputs(env, graph, value.oper);
}

// (graph, op, inputs, attributes) → tensors. An input is a tensor, or a list of tensors where the op takes one.
napi_value AddNode(napi_env env, napi_value *args) {
  Graph *graph = GraphOf(env, args[0]);
  auto tensor = [graph](napi_env env, napi_value id) { return graph->At(Integer(env, id)); };
  TF_OperationDescription *node = NewNode(graph, String(env, args[1]));
  for (napi_value input : List(env, args[2], Itself)) {
    if (IsArray(env, input)) {
      auto list = List(env, input, tensor);
      TF_AddInputList(node, list.data(), list.size());
    } else {
      TF_AddInput(node, tensor(env, input));
    }
  }
  for (napi_value attribute : List(env, args[3], Itself)) SetAttribute(env, node, attribute);
  return Outputs(env, graph, Finish(node));
}

// Adds the assignment of a new value to a variable, after its old one was read.
TF_Operation *Assign(Graph *graph, uint32_t variable, TF_Output value) {
  TF_OperationDescription *node = NewNode(graph, "AssignVariableOp");
  TF_AddInput(node, graph->handles.at(variable));
  TF_AddInput(node, value);
  TF_AddControlInput(node, graph->At(variable).oper);
  return Finish(node);
}

// (graph, name, inputs, outputs, assignments, xla) → undefined. The inputs are all placeholders and variables that the
// graph holds, an assignment is [variable, value]. The function takes the handles of variables that it assigns, and
// the values of the others.
napi_value AddFunction(napi_env env, napi_value *args) {
  Graph *graph = GraphOf(env, args[0]);
  auto tensor = [graph](napi_env env, napi_value id) { return graph->At(Integer(env, id)); };
  std::map<uint32_t, TF_Operation *> assigned;
  for (napi_value assignment : List(env, args[4], Itself)) {
    auto ids = List(env, assignment, Integer);
    assigned[ids.at(0)] = Assign(graph, ids.at(0), graph->At(ids.at(1)));
  }
  std::vector<TF_Output> inputs;
  for (uint32_t id : List(env, args[2], Integer))
    inputs.push_back(assigned.count(id) ? graph->handles.at(id) : graph->At(id));
  auto outputs = List(env, args[3], tensor);
  std::vector<TF_Operation *> controls;
  for (auto &[id, operation] : assigned) controls.push_back(operation);
  Status status = NewStatus();
  std::unique_ptr<TF_Function, decltype(&TF_DeleteFunction)> function(
      TF_GraphToFunctionWithControlOutputs(graph->graph, String(env, args[1]).c_str(), 0, -1, nullptr, inputs.size(),
                                           inputs.data(), outputs.size(), outputs.data(), nullptr, controls.size(),
                                           controls.data(), nullptr, nullptr, nullptr, status.get()),
      TF_DeleteFunction);
  Require(status);
  // AttrValue protocol buffers: field 5 is a bool, field 2 a string.
  std::string truth = "\x28\x01";
  std::string eager = "\x12\x0d" "kEagerRuntime";
  auto set = [&](const char *name, const std::string &value) {
    TF_FunctionSetAttrValueProto(function.get(), name, value.data(), value.size(), status.get());
    Require(status);
  };
  set("_noinline", truth);
  set("_construction_context", eager);
  if (Bool(env, args[5])) set("_XlaMustCompile", truth);
  TFE_ContextAddFunction(Context(env), function.get(), status.get());
  Require(status);
  return nullptr;
}

// (name) → undefined
napi_value RemoveFunction(napi_env env, napi_value *args) {
  Status status = NewStatus();
  TFE_ContextRemoveFunction(Context(env), String(env, args[0]).c_str(), status.get());
  Require(status);
  return nullptr;
}

// Calls one of the functions above and turns what it throws into a JavaScript error.
template <napi_value (*function)(napi_env, napi_value *)>
napi_value Export(napi_env env, napi_callback_info info) {
  napi_value args[6];
  size_t count = 6;
  try {
    Require(napi_get_cb_info(env, info, &count, args, nullptr, nullptr));
    return function(env, args);
  } catch (const std::exception &error) {
    napi_throw_error(env, nullptr, error.what());
    return nullptr;
  }
}

}  // namespace

napi_status DefineGraphFunctions(napi_env env, napi_value exports) {
  // Once, though each worker thread initializes the addon.
  static const bool registered = (RegisterAdamW(), true);
  (void)registered;
  const napi_property_descriptor properties[] = {
      {"newGraph", nullptr, Export<NewGraph>, nullptr, nullptr, nullptr, napi_default, nullptr},
      {"opDefinition", nullptr, Export<OpDefinition>, nullptr, nullptr, nullptr, napi_default, nullptr},
      {"addConstant", nullptr, Export<AddConstant>, nullptr, nullptr, nullptr, napi_default, nullptr},
      {"addVariable", nullptr, Export<AddVariable>, nullptr, nullptr, nullptr, napi_default, nullptr},
      {"addNode", nullptr, Export<AddNode>, nullptr, nullptr, nullptr, napi_default, nullptr},
      {"addFunction", nullptr, Export<AddFunction>, nullptr, nullptr, nullptr, napi_default, nullptr},
      {"removeFunction", nullptr, Export<RemoveFunction>, nullptr, nullptr, nullptr, napi_default, nullptr},
  };
  return napi_define_properties(env, exports, sizeof(properties) / sizeof(properties[0]), properties);
}

}  // namespace tfnodejs
