package dev.assay.server.page;

import dev.assay.core.report.page.Fragments;
import java.time.Duration;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The style sheet of the parts of reports that stand in pages. */
@RestController
class EvidenceStyle {

  private static final String STYLE = Fragments.style();

  @GetMapping(path = "/assets/evidence.css", produces = "text/css;charset=UTF-8")
  ResponseEntity<String> style() {
    return ResponseEntity.ok().cacheControl(CacheControl.maxAge(Duration.ofHours(1))).body(STYLE);
  }
}
