/*
 * 12/12/2017 PB
 * Everybody at the training center has passed the required ones, of course.
 */

INSERT INTO Certificate (EmployeeId, CourseId, IssuedOn, ExpiresOn)
SELECT e.EmployeeId, c.CourseId, '2017-10-02', '2017-10-02' + INTERVAL c.ValidMonths MONTH
  FROM Employee e
  JOIN Franchise f ON f.FranchiseId = e.FranchiseId
  JOIN Course c ON c.IsRequired = 1
 WHERE f.Code = 'TRN'
 ORDER BY e.EmployeeId, c.CourseId;
