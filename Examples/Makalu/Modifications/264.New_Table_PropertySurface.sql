CREATE TABLE PropertySurface (
    PropertySurfaceId INT NOT NULL AUTO_INCREMENT,
    PropertyId        INT NOT NULL,
    SurfaceTypeId     SMALLINT NOT NULL,
    StoneTypeId       SMALLINT NULL,
    SquareFeet        DECIMAL(9, 2) NULL,
    InstalledOn       DATE NULL,
    PRIMARY KEY (PropertySurfaceId),
    CONSTRAINT FK_PropertySurface_Property FOREIGN KEY (PropertyId) REFERENCES Property (PropertyId) ON DELETE CASCADE,
    CONSTRAINT FK_PropertySurface_SurfaceType FOREIGN KEY (SurfaceTypeId) REFERENCES SurfaceType (SurfaceTypeId),
    CONSTRAINT FK_PropertySurface_StoneType FOREIGN KEY (StoneTypeId) REFERENCES StoneType (StoneTypeId)
) ENGINE = InnoDB;
