package dev.assay.server;

import java.util.Objects;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** Whether the options have single sign-on. */
final class SignOnIsSetUp implements Condition {

  @Override
  public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
    return Objects.requireNonNull(context.getBeanFactory()).getBean(ServerOptions.class).signOn()
        != null;
  }
}
