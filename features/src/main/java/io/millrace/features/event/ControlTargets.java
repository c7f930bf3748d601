package io.millrace.features.event;

import io.millrace.features.event.Control.Kind;
import io.millrace.features.event.Control.Target;
import io.millrace.features.event.InvalidEventException.Reason;
import java.util.List;
import java.util.regex.Pattern;

/** Which targets there are, how they are written, and which kind of control takes which. */
final class ControlTargets {
  /** Longest target of a type that only other jobs know, in characters after the colon. */
  static final int MAX_CHARS = 512;

  private static final Pattern TYPE = Pattern.compile("[a-z][a-z0-9_]{0,31}");

  private static final List<String> ITEM = List.of(Target.ITEM);
  private static final List<String> JOB = List.of(Target.JOB);
  private static final List<String> ITEMS =
      List.of(Target.ITEM, Target.CATEGORY, Target.BRAND, Target.ATTRIBUTE);
  private static final List<String> ITEMS_OR_VISITOR =
      List.of(Target.ITEM, Target.CATEGORY, Target.BRAND, Target.ATTRIBUTE, Target.VISITOR);

  private ControlTargets() {}

  static Target parse(String field, String text) throws InvalidEventException {
    int colon = text.indexOf(':');
    if (colon < 0 || !TYPE.matcher(text.substring(0, colon)).matches()) {
      throw refused(
          field,
          text,
          "item:ID, category:PATH, brand:NAME, attribute:KEY=VALUE, visitor:ID or job:NAME");
    }
    Target target = new Target(text.substring(0, colon), text.substring(colon + 1));
    switch (target.type()) {
      case Target.ITEM, Target.BRAND, Target.VISITOR, Target.JOB ->
          FieldReader.checkedId(field, target.rest());
      case Target.CATEGORY -> CategoryPath.checked(field, target.rest());
      case Target.ATTRIBUTE -> checkAttribute(field, target);
      default -> checkLength(field, target.rest(), MAX_CHARS);
    }
    return target;
  }

  private static void checkAttribute(String field, Target target) throws InvalidEventException {
    if (target.rest().indexOf('=') < 0) {
      throw refused(field, target.toString(), "attribute:KEY=VALUE");
    }
    FieldReader.checkedId(field, target.attributeKey());
    checkLength(field, target.attributeValue(), CatalogItemCodec.MAX_ATTRIBUTE_CHARS);
  }

  private static void checkLength(String field, String rest, int max) throws InvalidEventException {
    if (rest.isEmpty() || rest.length() > max) {
      throw new InvalidEventException(
          Reason.OUT_OF_RANGE,
          field,
          field + " ends in " + rest.length() + " characters; send 1 to " + max);
    }
  }

  /** Refuses a target that a control of that kind cannot be applied to. */
  static void check(Kind kind, Target target) throws InvalidEventException {
    List<String> allowed =
        switch (kind) {
          case PIN -> ITEM;
          case BOOST -> ITEMS;
          case EXCLUDE -> ITEMS_OR_VISITOR;
          case REPUBLISH -> JOB;
          case SNOOZE, APPROVE_PRICE, FREEZE_PRICES -> null;
        };
    if (allowed != null && !allowed.contains(target.type())) {
      throw new InvalidEventException(
          Reason.INVALID_CONTROL,
          "target",
          "target of "
              + kind.wireName()
              + " is '"
              + EventReader.shorten(target.toString())
              + "'; send one of type "
              + String.join(", ", allowed));
    }
  }

  private static InvalidEventException refused(String field, String text, String wanted) {
    return new InvalidEventException(
        Reason.OUT_OF_RANGE,
        field,
        field + " is '" + EventReader.shorten(text) + "'; send " + wanted);
  }
}
