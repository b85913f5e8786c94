/*
 * 05/13/2015 PB
 * There should be none in most databases.
 */

INSERT INTO Refund (PaymentId, Amount, Reason, RefundedOn)
SELECT PaymentId, -Amount, COALESCE(Reference, 'converted'), ReceivedOn
  FROM Payment
 WHERE Amount < 0
 ORDER BY PaymentId;
SELECT ROW_COUNT() AS converted;
