package dev.assay.load.imports;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Puts operations into an order that can be carried out: what creates a thing before what reads and
 * changes it, what belongs to it after that, and what deletes it at the end, the last made first.
 */
final class OperationOrder {

  private static final List<String> OF_ALL =
      List.of("POST", "GET", "HEAD", "OPTIONS", "PUT", "PATCH");
  private static final List<String> OF_ONE =
      List.of("GET", "HEAD", "OPTIONS", "PUT", "PATCH", "POST");
  private static final String LEAVING = ".*/(logout|log-out|signout|sign-out|logoff)";

  private final List<OpenApiImport.Operation> ordered = new ArrayList<>();
  private final List<OpenApiImport.Operation> deletes = new ArrayList<>();
  private final List<OpenApiImport.Operation> leaving = new ArrayList<>();

  /** A segment of a path with what is done there and below. */
  private static final class Node {
    final Map<String, Node> children = new LinkedHashMap<>();
    final List<OpenApiImport.Operation> operations = new ArrayList<>();
  }

  private OperationOrder() {}

  static List<OpenApiImport.Operation> of(List<OpenApiImport.Operation> operations) {
    Node root = new Node();
    for (OpenApiImport.Operation operation : operations) {
      Node at = root;
      for (String segment : operation.path().split("/")) {
        if (!segment.isEmpty()) {
          at = at.children.computeIfAbsent(segment, _ -> new Node());
        }
      }
      at.operations.add(operation);
    }
    OperationOrder order = new OperationOrder();
    order.visit(root, false, 0);
    order.ordered.addAll(order.deletes.reversed());
    order.ordered.addAll(order.leaving);
    return order.ordered;
  }

  private void visit(Node node, boolean one, int depth) {
    List<String> methods = one ? OF_ONE : OF_ALL;
    node.operations.stream()
        .sorted(Comparator.comparingInt(operation -> methods.indexOf(operation.method())))
        .forEach(operation -> {
          if (operation.path().matches(LEAVING)) {
            leaving.add(operation);
          } else if (operation.method().equals("DELETE")) {
            deletes.add(operation);
          } else {
            ordered.add(operation);
          }
        });
    if (depth < 100) {
      node.children.forEach((segment, child) -> {
        if (!segment.startsWith("{")) {
          visit(child, false, depth + 1);
        }
      });
      node.children.forEach((segment, child) -> {
        if (segment.startsWith("{")) {
          visit(child, true, depth + 1);
        }
      });
    }
  }
}
