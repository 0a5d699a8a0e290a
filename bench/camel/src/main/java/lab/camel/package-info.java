/**
 * A program of Apache Camel that does what the order service does.
 */
package lab.camel;
