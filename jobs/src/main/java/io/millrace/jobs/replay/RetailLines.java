package io.millrace.jobs.replay;

import java.util.Arrays;

/**
 * The lines of Online Retail as they stand in the file; texts by their place among those of their
 * column.
 *
 * @param invoices InvoiceNo
 * @param codes StockCode
 * @param titles Description
 * @param customers CustomerID, without the {@code .0} that some tools add; the empty one for none
 * @param countries Country
 * @param quantity pieces, negative on a cancellation
 * @param price of one piece, in pounds
 * @param time milliseconds since the epoch
 */
record RetailLines(
    String[] invoices,
    String[] codes,
    String[] titles,
    String[] customers,
    String[] countries,
    int[] invoice,
    int[] code,
    int[] title,
    int[] customer,
    int[] country,
    int[] quantity,
    double[] price,
    long[] time) {

  int size() {
    return time.length;
  }

  /** Which lines are equal to an earlier one in every column. */
  boolean[] duplicates() {
    boolean[] duplicate = new boolean[size()];
    int[] places = new int[Integer.highestOneBit(Math.max(8, size())) * 4];
    Arrays.fill(places, -1);
    for (int line = 0; line < size(); line++) {
      int place = hash(line) & places.length - 1;
      while (places[place] >= 0 && !same(places[place], line)) {
        place = place + 1 & places.length - 1;
      }
      duplicate[line] = places[place] >= 0;
      places[place] = duplicate[line] ? places[place] : line;
    }
    return duplicate;
  }

  private int hash(int line) {
    int hash = invoice[line] * 31 + code[line];
    hash = hash * 31 + quantity[line];
    hash *= 0x9E3779B9;
    return hash ^ hash >>> 15;
  }

  private boolean same(int a, int b) {
    return invoice[a] == invoice[b]
        && code[a] == code[b]
        && title[a] == title[b]
        && customer[a] == customer[b]
        && country[a] == country[b]
        && quantity[a] == quantity[b]
        && price[a] == price[b]
        && time[a] == time[b];
  }
}
