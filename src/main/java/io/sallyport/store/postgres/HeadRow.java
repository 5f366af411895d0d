package io.sallyport.store.postgres;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.LockModeType;
import jakarta.persistence.Table;

/** The newest revision: one row, which whoever writes locks first. */
@Entity
@Table(name = "head")
class HeadRow extends PanacheEntityBase {
    @Id
    boolean onlyRow = true;

    long revision;
    String hash = "";

    static HeadRow read() {
        return HeadRow.<HeadRow>findAll().singleResult();
    }

    static HeadRow locked() {
        return HeadRow.<HeadRow>findAll()
                .withLock(LockModeType.PESSIMISTIC_WRITE)
                .singleResult();
    }
}
