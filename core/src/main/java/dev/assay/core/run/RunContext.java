package dev.assay.core.run;

import dev.assay.api.problem.Where;
import dev.assay.api.spi.Cancellation;
import dev.assay.api.spi.CheckContext;
import dev.assay.api.spi.Clock;
import dev.assay.api.spi.Processes;
import dev.assay.api.spi.UndoJournal;
import dev.assay.api.value.Template;
import dev.assay.core.report.RunListener;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What one check of a run is given. Thread-safe. */
final class RunContext implements CheckContext {

  private final String check;
  private final Clock clock;
  private final Cancellation cancellation;
  private final long seed;
  private final Path folder;
  private final Path scratch;
  private final @Nullable URI target;
  private final List<URI> environments;
  private final Variables variables;
  private final Processes processes;
  private final UndoJournal journal;
  private final RunListener listener;
  private final Redactor redactor;
  private final Where where;
  private final OutputFollower output;
  private final Offers offers;
  private final Map<String, String> saved = new TreeMap<>();

  /** What the run and capabilities let a check use. */
  interface Offers {
    /** What there is of a type. */
    <T> Optional<T> find(Class<T> type);
  }

  RunContext(
      String check,
      Where where,
      Clock clock,
      Cancellation cancellation,
      long seed,
      Path folder,
      Path scratch,
      @Nullable URI target,
      List<URI> environments,
      Variables variables,
      Processes processes,
      UndoJournal journal,
      RunListener listener,
      Redactor redactor,
      OutputFollower output,
      Offers offers) {
    this.check = check;
    this.where = where;
    this.clock = clock;
    this.cancellation = cancellation;
    this.seed = seed;
    this.folder = folder;
    this.scratch = scratch;
    this.target = target;
    this.environments = environments;
    this.variables = variables;
    this.processes = processes;
    this.journal = journal;
    this.listener = listener;
    this.redactor = redactor;
    this.output = output;
    this.offers = offers;
  }

  @Override
  public String check() {
    return check;
  }

  @Override
  public Clock clock() {
    return clock;
  }

  @Override
  public Cancellation cancellation() {
    return cancellation;
  }

  @Override
  public long seed() {
    return seed;
  }

  @Override
  public Path folder() {
    return folder;
  }

  @Override
  public Path scratch() {
    return scratch;
  }

  @Override
  public Optional<URI> target() {
    return Optional.ofNullable(target);
  }

  @Override
  public List<URI> environments() {
    return environments;
  }

  @Override
  public String fill(Template template) {
    return variables.fill(template, where);
  }

  @Override
  public String fill(Template template, Function<String, Optional<String>> own) {
    return variables.fill(template, own, where);
  }

  @Override
  public synchronized void save(String name, String value) {
    saved.put(name, value);
    variables.save(name, value);
  }

  synchronized Map<String, String> saved() {
    return Map.copyOf(saved);
  }

  @Override
  public Processes processes() {
    return processes;
  }

  @Override
  public <T> Optional<T> find(Class<T> type) {
    return offers.find(type);
  }

  @Override
  public UndoJournal undo() {
    return journal;
  }

  @Override
  public void progress(String line) {
    listener.progress(check, redactor.redact(line));
  }

  @Override
  public void prints(Path file) {
    output.follow(check, file);
  }

  @Override
  public String redact(String text) {
    return redactor.redact(text);
  }
}
