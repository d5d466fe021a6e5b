package landfall.settings;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What an operator wrote, before it is given a type: groups, lists and texts, with origins. */
sealed interface Written {
  Origin origin();

  /** How problems call it. */
  String shown();

  /** Whether it says nothing: {@code key:} and {@code key: ""} are as good as no key. */
  default boolean blank() {
    return false;
  }

  record Group(Origin origin, Map<String, Written> members) implements Written {
    public Group {
      members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
    }

    Group with(String key, Written member) {
      Map<String, Written> changed = new LinkedHashMap<>(members);
      changed.put(key, member);
      return new Group(origin, changed);
    }

    @Override
    public String shown() {
      return "a group of settings";
    }
  }

  record Items(Origin origin, List<Written> items) implements Written {
    public Items {
      items = List.copyOf(items);
    }

    @Override
    public String shown() {
      return "a list";
    }

    @Override
    public boolean blank() {
      return items.isEmpty();
    }
  }

  record Text(Origin origin, String text) implements Written {
    @Override
    public String shown() {
      return blank() ? "nothing" : Shown.of(text);
    }

    @Override
    public boolean blank() {
      return text.isBlank();
    }
  }
}
