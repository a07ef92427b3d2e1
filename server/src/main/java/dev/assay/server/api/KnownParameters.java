package dev.assay.server.api;

import dev.assay.api.problem.Nearest;
import dev.assay.server.Refusal;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.lang.reflect.Parameter;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * Refuses parameters that a route of the interface does not know: who misspells a filter must not
 * get everything as the answer. Alertmanager's clients may send what theirs knows.
 */
@Component
class KnownParameters implements HandlerInterceptor, WebMvcConfigurer {

  KnownParameters() {}

  @Override
  public void addInterceptors(InterceptorRegistry registry) {
    var _ =
        registry
            .addInterceptor(this)
            .addPathPatterns("/api/v1/**")
            .excludePathPatterns("/api/v1/projects/*/alertmanager/**");
  }

  @Override
  public boolean preHandle(
      HttpServletRequest request, HttpServletResponse response, Object handler) {
    if (handler instanceof HandlerMethod route) {
      Set<String> known = known(route);
      for (String name : request.getParameterMap().keySet()) {
        if (!known.contains(name)) {
          throw new Refusal(
              HttpStatus.BAD_REQUEST,
              "there is no parameter '" + name + "' here",
              known.isEmpty() ? "leave it out" : Nearest.mend(name, known));
        }
      }
    }
    return true;
  }

  private static Set<String> known(HandlerMethod route) {
    Set<String> known = new TreeSet<>();
    for (Parameter parameter : route.getMethod().getParameters()) {
      RequestParam query = parameter.getAnnotation(RequestParam.class);
      if (query != null) {
        known.add(query.name().isEmpty() ? parameter.getName() : query.name());
      }
    }
    return known;
  }
}
