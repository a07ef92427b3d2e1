package dev.assay.http;

import dev.assay.api.spi.Cancellation;
import dev.assay.api.spi.CheckContext;
import dev.assay.api.spi.Clock;
import dev.assay.api.spi.Processes;
import dev.assay.api.spi.UndoJournal;
import dev.assay.api.value.Template;
import dev.assay.testkit.TestContext;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The test kit's context with one secret, {@code secret.token}, that it masks. */
final class MaskingContext implements CheckContext {

  static final String SECRET = "s3cr3t-t0k3n";

  private final TestContext inner;

  MaskingContext(Path folder, URI target) {
    inner = new TestContext(folder, folder, target).with("secret.token", SECRET);
  }

  MaskingContext with(String name, String value) {
    inner.with(name, value);
    return this;
  }

  void cancel() {
    inner.cancel();
  }

  Map<String, String> saved() {
    return inner.saved();
  }

  @Override
  public String check() {
    return inner.check();
  }

  @Override
  public Clock clock() {
    return inner.clock();
  }

  @Override
  public Cancellation cancellation() {
    return inner.cancellation();
  }

  @Override
  public long seed() {
    return inner.seed();
  }

  @Override
  public Path folder() {
    return inner.folder();
  }

  @Override
  public Path scratch() {
    return inner.scratch();
  }

  @Override
  public Optional<URI> target() {
    return inner.target();
  }

  @Override
  public String fill(Template template) {
    return inner.fill(template);
  }

  @Override
  public String fill(Template template, Function<String, Optional<String>> own) {
    return inner.fill(template, own);
  }

  @Override
  public void save(String name, String value) {
    inner.save(name, value);
  }

  @Override
  public Processes processes() {
    return inner.processes();
  }

  @Override
  public UndoJournal undo() {
    return inner.undo();
  }

  @Override
  public void progress(String line) {
    inner.progress(line);
  }

  @Override
  public String redact(String text) {
    return text.replace(SECRET, "***");
  }
}
