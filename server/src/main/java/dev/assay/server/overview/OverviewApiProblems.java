package dev.assay.server.overview;

import dev.assay.server.api.ApiProblems;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** Says what a program did wrong. */
@RestControllerAdvice(assignableTypes = OverviewApi.class)
class OverviewApiProblems extends ApiProblems {}
