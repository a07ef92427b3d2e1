package shop;

/**
 * Something that was bought.
 *
 * @param id from 1
 * @param product the product's id
 * @param quantity 1 to 100
 * @param total in cents
 * @param state {@code placed}, {@code packing} or {@code shipped}
 * @param at when it was placed, ISO 8601
 */
public record Order(long id, long product, int quantity, long total, String state, String at) {}
