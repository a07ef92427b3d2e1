package dev.assay.load.imports;

import dev.assay.api.value.Template;

/**
 * A name with a value: a header, a field of a form, a parameter of a query. Immutable.
 *
 * @param name as written
 * @param value the value
 */
record Field(String name, Template value) {

  Field with(Template other) {
    return new Field(name, other);
  }

  boolean named(String other) {
    return name.equalsIgnoreCase(other);
  }
}
