package dev.assay.server.page;

import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;

/** Fills templates. Thread-safe. */
@Component
public final class Template {

  /** The type of a page. */
  public static final String HTML = "text/html;charset=UTF-8";

  private final TemplateEngine engine;

  /** Made by Spring. */
  Template(TemplateEngine engine) {
    this.engine = engine;
  }

  /** A page of a template with its view. */
  public ResponseEntity<String> page(String name, Object view) {
    return page(200, name, view);
  }

  /** A page with another status. */
  public ResponseEntity<String> page(int status, String name, Object view) {
    return ResponseEntity.status(status)
        .header("Content-Type", HTML)
        .header("Cache-Control", "no-store")
        .body(fill(name, view));
  }

  /** A part of a page. */
  public String fill(String name, Object view) {
    StringOutput output = new StringOutput();
    engine.render(name + ".jte", view, output);
    return output.toString();
  }
}
