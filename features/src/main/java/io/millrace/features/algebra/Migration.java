package io.millrace.features.algebra;

import io.millrace.features.algebra.Column.Storage;
import io.millrace.features.algebra.Layout.Element;
import io.millrace.features.algebra.Layout.Part;
import io.millrace.features.algebra.Measure.Kind;
import java.util.List;

/**
 * How values of one layout are read into another, worked out once. Places say where an element of
 * the old layout stands in the new one, −1 where it is no longer declared.
 *
 * @param storages of the old columns
 * @param columns places of the old columns
 * @param newStorages of the new columns
 * @param filters places of the old filters
 * @param sameFilters whether the filters are the same, so that their bits stay as they are
 * @param tailKinds of the old measures of the tail
 * @param tail places of these
 * @param everKinds of the old measures of all that left
 * @param ever places of these
 * @param decays places of the old decays
 * @param newDecays numbers of the decays that are new
 * @param elements the old elements
 * @param before for each new element the number of the old one, −1 where it is new
 * @param ofRows for each new element whether it is a column or a filter
 */
record Migration(
    List<Storage> storages,
    int[] columns,
    List<Storage> newStorages,
    int[] filters,
    boolean sameFilters,
    List<Kind> tailKinds,
    int[] tail,
    List<Kind> everKinds,
    int[] ever,
    int[] decays,
    int[] newDecays,
    int elements,
    int[] before,
    boolean[] ofRows) {

  static Migration of(Layout from, Layout to) {
    List<Element> wanted = to.elements();
    int[] before = wanted.stream().mapToInt(from.elements()::indexOf).toArray();
    boolean[] ofRows = new boolean[before.length];
    for (int i = 0; i < before.length; i++) {
      Part part = wanted.get(i).part();
      ofRows[i] = part == Part.COLUMN || part == Part.FILTER;
    }
    List<Element> newDecays = to.of(Part.DECAY);
    return new Migration(
        from.storages(),
        places(Part.COLUMN, from, to),
        to.storages(),
        places(Part.FILTER, from, to),
        from.of(Part.FILTER).equals(to.of(Part.FILTER)),
        from.kinds(Part.TAIL),
        places(Part.TAIL, from, to),
        from.kinds(Part.EVER),
        places(Part.EVER, from, to),
        places(Part.DECAY, from, to),
        newDecays.stream()
            .filter(decay -> !from.elements().contains(decay))
            .mapToInt(newDecays::indexOf)
            .toArray(),
        from.elements().size(),
        before,
        ofRows);
  }

  private static int[] places(Part part, Layout from, Layout to) {
    List<Element> wanted = to.of(part);
    return from.of(part).stream().mapToInt(wanted::indexOf).toArray();
  }
}
