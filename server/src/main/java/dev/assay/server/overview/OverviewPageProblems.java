package dev.assay.server.overview;

import dev.assay.server.page.Frames;
import dev.assay.server.page.PageProblems;
import dev.assay.server.page.Template;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** Says what is not there, and what cannot be done. */
@RestControllerAdvice(assignableTypes = OverviewPages.class)
class OverviewPageProblems extends PageProblems {

  OverviewPageProblems(Template template, Frames frames) {
    super(template, frames);
  }
}
