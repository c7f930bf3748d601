package io.millrace.jobs.local;

import java.util.Collection;
import org.apache.flink.contrib.streaming.state.RocksDBOptionsFactory;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.DBOptions;
import org.rocksdb.Env;
import org.rocksdb.Priority;

/**
 * How RocksDB works in the background. All states of a process share its threads. At a checkpoint
 * every operator waits until what was written since the last one is in a file, which is waiting for
 * the disk more than work, so there are several threads a core for that; merging files, which takes
 * cores from the clicks of that moment, is done less often.
 */
public final class BackgroundWork implements RocksDBOptionsFactory {
  private static final long serialVersionUID = 1L;

  private static final int WRITERS_A_CORE = 4;

  /**
   * Files that lie before they are merged, which rewrites the whole next level. RocksDB's own is 4;
   * from 20 on it slows writes down.
   */
  private static final int FILES_BEFORE_MERGE = 10;

  @Override
  public DBOptions createDBOptions(
      DBOptions currentOptions, Collection<AutoCloseable> handlesToClose) {
    Env.getDefault()
        .incBackgroundThreadsIfNeeded(
            WRITERS_A_CORE * Runtime.getRuntime().availableProcessors(), Priority.HIGH);
    return currentOptions;
  }

  @Override
  public ColumnFamilyOptions createColumnOptions(
      ColumnFamilyOptions currentOptions, Collection<AutoCloseable> handlesToClose) {
    return currentOptions.setLevel0FileNumCompactionTrigger(FILES_BEFORE_MERGE);
  }
}
