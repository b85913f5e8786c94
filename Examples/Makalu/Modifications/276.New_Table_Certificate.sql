CREATE TABLE Certificate (
    CertificateId INT NOT NULL AUTO_INCREMENT,
    EmployeeId    INT NOT NULL,
    CourseId      INT NOT NULL,
    IssuedOn      DATE NOT NULL,
    ExpiresOn     DATE NULL,
    PRIMARY KEY (CertificateId),
    UNIQUE KEY UK_Certificate (EmployeeId, CourseId, IssuedOn),
    CONSTRAINT FK_Certificate_Employee FOREIGN KEY (EmployeeId) REFERENCES Employee (EmployeeId),
    CONSTRAINT FK_Certificate_Course FOREIGN KEY (CourseId) REFERENCES Course (CourseId)
) ENGINE = InnoDB;
