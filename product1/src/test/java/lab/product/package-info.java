/**
 * What the product service promises, from the single event to the group.
 */
package lab.product;
