UPDATE CreditMemo SET CreditMemoNumber = CONCAT('C-', 1000 + CreditMemoId) WHERE CreditMemoNumber IS NULL;
ALTER TABLE CreditMemo MODIFY COLUMN CreditMemoNumber VARCHAR(20) NOT NULL;
