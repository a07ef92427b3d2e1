package dev.assay.chaos.toolkit;

import dev.assay.api.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * What stands in for a function of Python. Immutable.
 *
 * @param module its module
 * @param name its name
 * @param required the arguments it must be given
 * @param optional the arguments it may be given
 * @param body what it does
 * @param check says what is wrong with arguments that hold no templates
 */
record NativeFunction(
    String module,
    String name,
    List<String> required,
    List<String> optional,
    Body body,
    Function<Arguments, Optional<String>> check) {

  /** What a function does. */
  @FunctionalInterface
  interface Body {
    /**
     * Does it.
     *
     * @throws ActivityFailed if it fails
     */
    Json call(Arguments arguments, Call call);
  }

  static NativeFunction of(
      String module, String name, List<String> required, List<String> optional, Body body) {
    return new NativeFunction(module, name, required, optional, body, any -> Optional.empty());
  }

  /** What is wrong with these names of arguments, in Python's words; empty where nothing is. */
  Optional<String> misfit(Map<String, Json> arguments) {
    List<String> unknown = new ArrayList<>(arguments.keySet());
    unknown.removeAll(required);
    unknown.removeAll(optional);
    if (!unknown.isEmpty()) {
      return Optional.of(
          "argument '" + unknown.getFirst() + "' is not part of the function signature");
    }
    return required.stream()
        .filter(one -> !arguments.containsKey(one))
        .findFirst()
        .map(missing -> "required argument '" + missing + "' is missing");
  }

  /** The same function with a check of its arguments. */
  NativeFunction checked(Function<Arguments, Optional<String>> by) {
    return new NativeFunction(module, name, required, optional, body, by);
  }
}
