package dev.assay.load.extract;

/** One step of a JSON path. Immutable. */
sealed interface PathStep {

  /** The member of that name. */
  record Member(String name) implements PathStep {}

  /** The element of that index, from 0. */
  record Element(int index) implements PathStep {}

  /** Every element of an array and every member of an object. */
  record Any() implements PathStep {}
}
