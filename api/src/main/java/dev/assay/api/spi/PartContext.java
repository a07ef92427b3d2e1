package dev.assay.api.spi;

import dev.assay.api.evidence.Event;
import dev.assay.api.problem.Place;
import dev.assay.api.value.Template;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;

/** What a {@link RunPart} is given. Thread-safe. */
public interface PartContext {

  /** The time. */
  Clock clock();

  /** The seed of everything random in it. */
  long seed();

  /** The workspace's folder. */
  Path folder();

  /** The value of {@code ${port.NAME}}. */
  int port(String name);

  /** Gives the kept port of that name free, right before it is listened on. */
  void release(String name);

  /**
   * Fills a template with the variables of the run.
   *
   * @param place where it is written, for the problem
   */
  String fill(Template template, Place place);

  /**
   * What the parts that were opened before let others use: those of capabilities whose name comes
   * first, and of sections that their capability lists first.
   */
  default <T> Optional<T> find(Class<T> type) {
    return Optional.empty();
  }

  /** How to undo what it breaks. */
  UndoJournal undo();

  /** Takes events of the run that belong to no check; any thread. */
  Consumer<Event> events();

  /** Replaces every secret of the run in a text by a mask. */
  String redact(String text);
}
