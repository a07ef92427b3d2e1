package dev.assay.api.spi;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The component that a configuration stands for when it is written as a list or scalar instead of a
 * map: with it on {@code flow}, {@code http: [ … ]} means {@code http: { flow: [ … ] }}. On at most
 * one component for each of list and scalar.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Shorthand {}
