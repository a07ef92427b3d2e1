package dev.assay.core.run;

import dev.assay.api.evidence.Event;
import dev.assay.api.plan.SectionPlan;
import dev.assay.api.problem.Place;
import dev.assay.api.spi.Clock;
import dev.assay.api.spi.PartContext;
import dev.assay.api.spi.RunPart;
import dev.assay.api.spi.UndoJournal;
import dev.assay.api.value.Template;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What capabilities run for the length of a run, opened in the order of their sections. Opened and
 * closed by one thread; asked by any.
 */
final class Parts implements AutoCloseable {

  private final List<RunPart> open = new CopyOnWriteArrayList<>();

  /**
   * Opens the parts of all sections.
   *
   * @throws dev.assay.api.problem.ProblemException if one cannot be opened
   */
  void open(List<SectionPlan<?>> sections, PartContext context) {
    sections.forEach(section -> open(section, context));
  }

  private <E extends Record> void open(SectionPlan<E> section, PartContext context) {
    section.section().open(section.entries(), context).ifPresent(open::add);
  }

  /** What a part offers of that type; the first that does. */
  <T> Optional<T> find(Class<T> type) {
    return open.stream().flatMap(part -> part.offer(type).stream()).findFirst();
  }

  /** Closes them, the last opened first. */
  @Override
  public void close() {
    @Nullable RuntimeException first = null;
    for (RunPart part : List.copyOf(open).reversed()) {
      try {
        part.close();
      } catch (RuntimeException broken) {
        first = first == null ? broken : first;
      }
    }
    open.clear();
    if (first != null) {
      throw first;
    }
  }

  /**
   * What parts of one run are given.
   *
   * @param clock the time
   * @param seed the run's seed
   * @param folder the workspace's folder
   * @param ports the run's ports
   * @param variables the values of names
   * @param undo the run's undo journal
   * @param events takes events of no check
   * @param redactor masks secrets
   * @param opened what is open so far
   */
  record Context(
      Clock clock,
      long seed,
      Path folder,
      Ports ports,
      Variables variables,
      UndoJournal undo,
      Consumer<Event> events,
      Redactor redactor,
      Parts opened)
      implements PartContext {

    @Override
    public <T> Optional<T> find(Class<T> type) {
      return opened.find(type);
    }

    @Override
    public int port(String name) {
      return ports.port(name);
    }

    @Override
    public void release(String name) {
      ports.release(name);
    }

    @Override
    public String fill(Template template, Place place) {
      return variables.fill(template, place);
    }

    @Override
    public String redact(String text) {
      return redactor.redact(text);
    }
  }
}
