package shop;

/**
 * Something that is sold.
 *
 * @param id from 1
 * @param name for people
 * @param price in cents
 */
public record Product(long id, String name, long price) {}
