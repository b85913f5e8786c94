-- MAK-874: All of them came from the first rule. (JS)

UPDATE LateFee f
  JOIN Invoice i ON i.InvoiceId = f.InvoiceId
   SET f.LateFeeRuleId = 1,
       f.DaysLate = DATEDIFF(f.ChargedOn, i.DueOn)
 WHERE f.LateFeeRuleId IS NULL;
