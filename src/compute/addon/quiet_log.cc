// TensorFlow's log prints everything, notes among it, until a program calls absl::InitializeLog(), which
// TensorFlow's libraries do not export. Their static initialisers log two lines before any program could call it.
// This takes the place of their own answer to whether it was called, as the loader finds the addon's symbols
// first: errors are printed as before, and what is below them is not.

namespace absl {
inline namespace lts_20250814 {
namespace log_internal {

bool IsInitialized() { return true; }

}  // namespace log_internal
}  // namespace lts_20250814
}  // namespace absl
